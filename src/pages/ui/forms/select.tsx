import { plainName } from '../text/isolated-text.tsx';
import { FieldNotes, noted } from './field-notes.tsx';

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
  return (
    <div class={errors.length > 0 ? 'field field-wrong' : 'field'}>
      <label for={name}>{label}</label>
      <select id={name} name={name} {...noted({ name, hint, errors })}>
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {plainName(option.text)}
          </option>
        ))}
      </select>
      <FieldNotes name={name} hint={hint} errors={errors} />
    </div>
  );
}
