import type { SummaryLine } from './error-summary.tsx';
import { FieldNotes, noted } from './field-notes.tsx';
import type { Option } from './select.tsx';

interface Filter {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
}

export interface SearchFormProps {
  readonly action: string;
  readonly label: string;
  readonly submit: string;
  /** What is wrong with the filters; each line marks its field. */
  readonly problems: readonly SummaryLine[];
  /** The text that was searched for; absent: only the filter. */
  readonly text?: string;
  readonly filters?: readonly (Filter & { readonly options: readonly Option[] })[];
  readonly fields?: readonly (Filter & {
    readonly type?: 'text' | 'date';
    /** What can be typed, to choose from. */
    readonly suggestions?: readonly string[];
  })[];
}

/** Narrows a list down. It only reads, so it is sent by GET, and its result can be linked to. */
export function SearchForm(props: SearchFormProps) {
  const { action, label, submit, problems, text, filters = [], fields = [] } = props;
  const notesOf = ({ name, hint }: Pick<Filter, 'name' | 'hint'>) => {
    const errors = problems.filter(({ field }) => field === name).map((line) => line.text);
    return { name, hint, errors };
  };
  const classOf = (name: string) => (problems.some(({ field }) => field === name) ? 'field field-wrong' : 'field');
  return (
    <form method="get" action={action} class={fields.length > 0 ? 'search search-many' : 'search'} aria-label={label}>
      {text === undefined ? null : (
        <div class={classOf('q')}>
          <label for="q">{label}</label>
          <input id="q" name="q" type="search" value={text} autocomplete="off" {...noted(notesOf({ name: 'q' }))} />
          <FieldNotes {...notesOf({ name: 'q' })} />
        </div>
      )}
      {filters.map((filter) => (
        <div key={filter.name} class={classOf(filter.name)}>
          <label for={filter.name}>{filter.label}</label>
          <select id={filter.name} name={filter.name} {...noted(notesOf(filter))}>
            {filter.options.map((option) => (
              <option key={option.value} value={option.value} selected={option.value === filter.value}>
                {option.text}
              </option>
            ))}
          </select>
          <FieldNotes {...notesOf(filter)} />
        </div>
      ))}
      {fields.map((field) => (
        <div key={field.name} class={classOf(field.name)}>
          <label for={field.name}>{field.label}</label>
          <input
            id={field.name}
            name={field.name}
            type={(field.type ?? 'text') as 'text'}
            value={field.value}
            autocomplete="off"
            list={field.suggestions && `${field.name}-suggestions`}
            {...noted(notesOf(field))}
          />
          <FieldNotes {...notesOf(field)} />
          {field.suggestions === undefined ? null : (
            <datalist id={`${field.name}-suggestions`}>
              {field.suggestions.map((value) => (
                <option key={value} value={value} />
              ))}
            </datalist>
          )}
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
  return (
    <p>
      <a class="button button-secondary" href={withQuery(path, { ...query, after: next })}>
        {text}
      </a>
    </p>
  );
}

/** An address with what of a query has a value. */
export function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const known = Object.entries(query).filter((entry): entry is [string, string] => !!entry[1]);
  return `${path}?${new URLSearchParams(known)}`;
}
