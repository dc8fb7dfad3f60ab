import type { Option } from './select.tsx';

interface SearchFormProps {
  readonly action: string;
  readonly label: string;
  readonly submit: string;
  /** The text that was searched for; absent: only the filter. */
  readonly text?: string;
  readonly filters?: readonly {
    readonly name: string;
    readonly label: string;
    readonly value: string;
    readonly options: readonly Option[];
  }[];
  readonly fields?: readonly {
    readonly name: string;
    readonly label: string;
    readonly value: string;
    readonly type?: 'text' | 'date';
  }[];
}

/** Narrows a list down. It only reads, so it is sent by GET, and its result can be linked to. */
export function SearchForm({ action, label, submit, text, filters = [], fields = [] }: SearchFormProps) {
  return (
    <form method="get" action={action} class="search" aria-label={label}>
      {text === undefined ? null : (
        <div class="field">
          <label for="q">{label}</label>
          <input id="q" name="q" type="search" value={text} maxLength={100} autocomplete="off" />
        </div>
      )}
      {filters.map((filter) => (
        <div key={filter.name} class="field">
          <label for={filter.name}>{filter.label}</label>
          <select id={filter.name} name={filter.name}>
            {filter.options.map((option) => (
              <option key={option.value} value={option.value} selected={option.value === filter.value}>
                {option.text}
              </option>
            ))}
          </select>
        </div>
      ))}
      {fields.map((field) => (
        <div key={field.name} class="field">
          <label for={field.name}>{field.label}</label>
          <input
            id={field.name}
            name={field.name}
            type={(field.type ?? 'text') as 'text'}
            value={field.value}
            maxLength={100}
            autocomplete="off"
          />
        </div>
      ))}
      <button type="submit" class="button">
        {submit}
      </button>
    </form>
  );
}

/** On to the next part of a long list; none at its end. */
export function NextPart({
  path,
  query,
  next,
  text,
}: {
  readonly path: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly next: string | null;
  readonly text: string;
}) {
  if (next === null) return null;
  const known = Object.entries({ ...query, after: next }).filter((entry): entry is [string, string] => !!entry[1]);
  return (
    <p>
      <a class="button button-secondary" href={`${path}?${new URLSearchParams(known)}`}>
        {text}
      </a>
    </p>
  );
}
