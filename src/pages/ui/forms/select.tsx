import { withoutControls } from '../text/isolated-text.tsx';
import { FieldMessages, fieldAria } from './field-messages.tsx';

export interface Option {
  readonly value: string;
  readonly text: string;
}

interface SelectProps {
  /** Also the ID: the error summary links to it. */
  readonly name: string;
  readonly label: string;
  readonly options: readonly Option[];
  readonly value?: string;
  readonly hint?: string;
  readonly errors?: readonly string[];
}

/** A drop-down list with a label above it, its errors and hint below. */
export function Select({ name, label, options, value = '', hint, errors = [] }: SelectProps) {
  return (
    <div class={errors.length > 0 ? 'field field-wrong' : 'field'}>
      <label for={name}>{label}</label>
      <select id={name} name={name} {...fieldAria({ name, hint, errors })}>
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {withoutControls(option.text)}
          </option>
        ))}
      </select>
      <FieldMessages name={name} hint={hint} errors={errors} />
    </div>
  );
}
