import { withoutBidiControls } from '../text/isolated-text.tsx';
import { FieldMessages, fieldAria } from './field-messages.tsx';

interface TextAreaProps {
  /** Also the ID: the error summary links to it. */
  readonly name: string;
  readonly label: string;
  readonly value?: string;
  readonly hint?: string;
  readonly errors?: readonly string[];
  readonly rows?: number;
  readonly maxLength?: number;
  /** For addresses or code: monospaced, without automatic capitals and spell checking. */
  readonly literal?: boolean;
  /** An address that checks the value while the user types: `assets/app.js` requests it and shows the result. */
  readonly check?: string;
}

/** A text input of several lines: the label above it, its errors and hint below. */
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
        {...fieldAria({ name, hint, errors })}
        data-check={props.check}
      >
        {withoutBidiControls(props.value)}
      </textarea>
      {props.check === undefined ? null : <div class="field-check" aria-live="polite" />}
      <FieldMessages name={name} hint={hint} errors={errors} />
    </div>
  );
}
