import type { SummaryLine } from './error-summary.tsx';
import { FieldMessages, fieldAria } from './field-messages.tsx';
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
  /** Errors of the filters; a line with a `field` is shown at that field. */
  readonly problems: readonly SummaryLine[];
  /** The current search text; absent: the form has no text search. */
  readonly text?: string;
  readonly filters?: readonly (Filter & { readonly options: readonly Option[] })[];
  readonly fields?: readonly (Filter & {
    readonly type?: 'text' | 'date';
    /** Values that the browser suggests while the user types. */
    readonly suggestions?: readonly string[];
  })[];
}

/** Search and filters of a list. Sent by GET, so a filtered list has an address of its own. */
export function SearchForm(props: SearchFormProps) {
  const { action, label, submit, problems, text, filters = [], fields = [] } = props;
  const messagesFor = ({ name, hint }: Pick<Filter, 'name' | 'hint'>) => {
    const errors = problems.filter(({ field }) => field === name).map((line) => line.text);
    return { name, hint, errors };
  };
  const classOf = (name: string) => (problems.some(({ field }) => field === name) ? 'field field-wrong' : 'field');
  return (
    <form method="get" action={action} class={fields.length > 0 ? 'search search-many' : 'search'} aria-label={label}>
      {text === undefined ? null : (
        <div class={classOf('q')}>
          <label for="q">{label}</label>
          <input
            id="q"
            name="q"
            type="search"
            value={text}
            autocomplete="off"
            {...fieldAria(messagesFor({ name: 'q' }))}
          />
          <FieldMessages {...messagesFor({ name: 'q' })} />
        </div>
      )}
      {filters.map((filter) => (
        <div key={filter.name} class={classOf(filter.name)}>
          <label for={filter.name}>{filter.label}</label>
          <select id={filter.name} name={filter.name} {...fieldAria(messagesFor(filter))}>
            {filter.options.map((option) => (
              <option key={option.value} value={option.value} selected={option.value === filter.value}>
                {option.text}
              </option>
            ))}
          </select>
          <FieldMessages {...messagesFor(filter)} />
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
            {...fieldAria(messagesFor(field))}
          />
          <FieldMessages {...messagesFor(field)} />
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

/** The link to the next page of a list; nothing on the last page. */
export function NextPageLink({
  path,
  query,
  next,
  text,
}: {
  readonly path: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** The cursor of the next page; `null`: this is the last page. */
  readonly next: string | null;
  readonly text: string;
}) {
  if (next === null) return null;
  return (
    <p>
      <a class="button button-secondary" href={urlWithQuery(path, { ...query, after: next })}>
        {text}
      </a>
    </p>
  );
}

/** A path with a query; parameters without a value are left out. */
export function urlWithQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const params = Object.entries(query).filter((entry): entry is [string, string] => !!entry[1]);
  return `${path}?${new URLSearchParams(params)}`;
}
