import { typed } from './name.tsx';

interface TextAreaProps {
  /** Also the id. */
  readonly name: string;
  readonly label: string;
  readonly value?: string;
  readonly hint?: string;
  readonly errors?: readonly string[];
  readonly rows?: number;
  readonly maxLength?: number;
  /** Addresses or code: as wide as it is, without corrections. */
  readonly literal?: boolean;
  /** Where a script asks what is wrong with it while it is typed. */
  readonly check?: string;
}

/** Several lines to fill in. */
export function TextArea(props: TextAreaProps) {
  const { name, label, hint, errors = [], rows = 4, literal = false } = props;
  const describedBy = [...(hint ? [`${name}-hint`] : []), ...(errors.length > 0 ? [`${name}-error`] : [])].join(' ');
  return (
    <div class={errors.length > 0 ? 'field field-wrong' : 'field'}>
      <label for={name}>{label}</label>
      <textarea
        id={name}
        name={name}
        rows={rows}
        maxLength={props.maxLength}
        class={literal ? 'literal' : undefined}
        spellcheck={literal ? false : undefined}
        autocapitalize={literal ? 'none' : undefined}
        aria-describedby={describedBy === '' ? undefined : describedBy}
        aria-invalid={errors.length > 0 ? true : undefined}
        data-check={props.check}
      >
        {typed(props.value)}
      </textarea>
      {props.check === undefined ? null : <div class="field-check" aria-live="polite" />}
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
