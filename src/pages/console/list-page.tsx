import type { ComponentChildren } from 'preact';
import type { PageContext } from '../page-context.ts';
import type { FilterResult } from '../shared/filters.ts';
import { FilteredList } from '../ui/filtered-list.tsx';
import { NextPageLink, SearchForm, type SearchFormProps } from '../ui/forms/search-form.tsx';
import { type Row, Table, type TableProps } from '../ui/table.tsx';
import { ConsolePage } from './console-page.tsx';

/** What the view of every list gets: one page of its rows. */
export interface ListViewProps<Item> {
  readonly context: PageContext;
  /** The filters of the query. */
  readonly filters: FilterResult<object>;
  readonly rows: readonly Item[];
  /** Where the next page begins; `null`: this is the last one. */
  readonly next: string | null;
}

type WithoutValue<Field> = Omit<Field, 'value'>;

interface ListPageProps<Item> extends ListViewProps<Item> {
  readonly title: string;
  readonly lead?: string;
  readonly notice?: string | undefined;
  /** The path of the list. */
  readonly path: string;
  /** The search form; its fields show what was entered. */
  readonly search: {
    readonly label: string;
    /** The label of the button, if it has one of its own. */
    readonly submit?: string;
    /** Whether there is a field for free text. */
    readonly hasText?: boolean;
    readonly choices?: readonly (WithoutValue<NonNullable<SearchFormProps['filters']>[number]> & {
      /** The option that is selected if none was chosen; absent: the one with the empty value. */
      readonly initial?: string;
    })[];
    readonly fields?: readonly WithoutValue<NonNullable<SearchFormProps['fields']>[number]>[];
  };
  readonly columns: TableProps['columns'];
  readonly rowOf: (item: Item) => Row;
  /** What an empty list says, if it is not about the search. */
  readonly empty?: { readonly title: string; readonly hint: string };
  /** Shown above the list. */
  readonly above?: ComponentChildren;
  /** Shown below the list. */
  readonly below?: ComponentChildren;
}

/** A page of the console with one list: the search form, the rows, and the link to the next page of rows. */
export function ListPage<Item>(props: ListPageProps<Item>) {
  const { context, filters, rows, next, title, lead, notice, path, columns, rowOf, empty, above, below } = props;
  const { admin } = context.messages;
  return (
    <ConsolePage context={context} name={title} lead={lead} notice={notice}>
      {above}
      <FilteredList
        context={context}
        problems={filters.problems}
        form={<SearchForm {...searchForm(props)} action={path} problems={filters.problems} />}
        isEmpty={rows.length === 0}
        none={empty ?? { title: admin.nothing, hint: admin.nothingHint }}
      >
        <Table caption={title} columns={columns} rows={rows.map(rowOf)} />
      </FilteredList>
      <NextPageLink path={path} query={filters.entered} next={next} text={admin.older} />
      {below}
    </ConsolePage>
  );
}

function searchForm<Item>({ context, filters, search }: ListPageProps<Item>) {
  const { entered } = filters;
  const { label, submit, hasText, choices = [], fields = [] } = search;
  return {
    label,
    submit: submit ?? context.messages.admin.search,
    ...(hasText && { text: entered.q ?? '' }),
    filters: choices.map(({ initial = '', ...choice }) => ({ ...choice, value: entered[choice.name] || initial })),
    fields: fields.map((field) => ({ ...field, value: entered[field.name] ?? '' })),
  };
}
