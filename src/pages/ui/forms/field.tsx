import { withoutBidiControls } from '../text/isolated-text.tsx';
import { FieldMessages, fieldAria } from './field-messages.tsx';

interface FieldProps {
  /** Also the ID: the error summary links to it. */
  readonly name: string;
  readonly label: string;
  readonly type?: 'text' | 'email' | 'password';
  readonly value?: string;
  readonly hint?: string;
  /** Error messages; empty or absent: the value is valid. */
  readonly errors?: readonly string[];
  readonly autocomplete?: string;
  readonly inputmode?: 'text' | 'email' | 'numeric';
  readonly maxLength?: number;
  /** Turns off automatic capitals and spell checking. Default: off for email addresses and passwords. */
  readonly literal?: boolean;
}

/** A required text input: the label above it, its errors and hint below. */
export function Field(props: FieldProps) {
  const { name, label, hint, errors = [], type = 'text', literal = type !== 'text' } = props;
  return (
    <div class={errors.length > 0 ? 'field field-wrong' : 'field'}>
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        // All three types have the same attributes; Preact declares them as a union with one member for each type.
        type={type as 'text'}
        value={withoutBidiControls(props.value)}
        autocomplete={props.autocomplete}
        inputmode={props.inputmode}
        maxLength={props.maxLength}
        autocapitalize={literal ? 'none' : undefined}
        spellcheck={literal ? false : undefined}
        {...fieldAria({ name, hint, errors })}
        required
      />
      <FieldMessages name={name} hint={hint} errors={errors} />
    </div>
  );
}
