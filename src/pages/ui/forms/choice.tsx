interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly text: string; readonly hint?: string }[];
  readonly value?: string;
  readonly errors?: readonly string[];
}

/**
 * A group of radio buttons, each with a hint. The first one has the name of the group as its ID: the error summary
 * links to that ID.
 */
export function RadioGroup({ name, label, options, value, errors = [] }: ChoiceProps) {
  return (
    <fieldset class={errors.length > 0 ? 'choice field-wrong' : 'choice'}>
      <legend>{label}</legend>
      {options.map((option, index) => {
        const id = index === 0 ? name : `${name}-${option.value}`;
        return (
          <div key={option.value} class="choice-option">
            <input
              id={id}
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              aria-describedby={option.hint === undefined ? undefined : `${id}-hint`}
            />
            <div>
              <label for={id}>{option.text}</label>
              {option.hint === undefined ? null : (
                <p class="field-hint" id={`${id}-hint`}>
                  {option.hint}
                </p>
              )}
            </div>
          </div>
        );
      })}
      {errors.length > 0 ? <p class="field-error">{errors.join(' ')}</p> : null}
    </fieldset>
  );
}
