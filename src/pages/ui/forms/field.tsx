import { typed } from '../text/isolated-text.tsx';
import { FieldNotes, noted } from './field-notes.tsx';

interface FieldProps {
  /** Also the id, so that the summary of errors can lead here. */
  readonly name: string;
  readonly label: string;
  readonly type?: 'text' | 'email' | 'password';
  readonly value?: string;
  readonly hint?: string;
  /** What is wrong, in words; none: nothing. */
  readonly errors?: readonly string[];
  readonly autocomplete?: string;
  readonly inputmode?: 'text' | 'email' | 'numeric';
  readonly maxLength?: number;
  /** Capitals and corrections get in the way of what is typed. */
  readonly literal?: boolean;
}

/** A line of text to fill in: label above, hint below, errors in words beside the field. */
export function Field(props: FieldProps) {
  const { name, label, hint, errors = [], type = 'text', literal = type !== 'text' } = props;
  return (
    <div class={errors.length > 0 ? 'field field-wrong' : 'field'}>
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        // The kinds that are used here take the same attributes; the types only know one kind at a time.
        type={type as 'text'}
        value={typed(props.value)}
        autocomplete={props.autocomplete}
        inputmode={props.inputmode}
        maxLength={props.maxLength}
        autocapitalize={literal ? 'none' : undefined}
        spellcheck={literal ? false : undefined}
        {...noted({ name, hint, errors })}
        required
      />
      <FieldNotes name={name} hint={hint} errors={errors} />
    </div>
  );
}
