import { plainName } from './name.tsx';

export interface Option {
  readonly value: string;
  readonly text: string;
}

interface SelectProps {
  /** Also the id. */
  readonly name: string;
  readonly label: string;
  readonly options: readonly Option[];
  readonly value?: string;
  readonly hint?: string;
  readonly errors?: readonly string[];
}

/** One of many. */
export function Select({ name, label, options, value = '', hint, errors = [] }: SelectProps) {
  const describedBy = [...(hint ? [`${name}-hint`] : []), ...(errors.length > 0 ? [`${name}-error`] : [])].join(' ');
  return (
    <div class={errors.length > 0 ? 'field field-wrong' : 'field'}>
      <label for={name}>{label}</label>
      <select
        id={name}
        name={name}
        aria-describedby={describedBy === '' ? undefined : describedBy}
        aria-invalid={errors.length > 0 ? true : undefined}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {plainName(option.text)}
          </option>
        ))}
      </select>
      {errors.length > 0 ? (
        <p class="field-error" id={`${name}-error`}>
          {errors.join(' ')}
        </p>
      ) : null}
      {hint ? (
        <p class="field-hint" id={`${name}-hint`}>
          {hint}
        </p>
      ) : null}
    </div>
  );
}
