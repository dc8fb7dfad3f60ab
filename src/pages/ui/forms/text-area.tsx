import { typed } from '../text/isolated-text.tsx';
import { FieldNotes, noted } from './field-notes.tsx';

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
        {...noted({ name, hint, errors })}
        data-check={props.check}
      >
        {typed(props.value)}
      </textarea>
      {props.check === undefined ? null : <div class="field-check" aria-live="polite" />}
      <FieldNotes name={name} hint={hint} errors={errors} />
    </div>
  );
}
