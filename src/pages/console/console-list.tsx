import type { PageContext } from '../page-context.ts';
import type { FilterResult } from '../shared/filters.ts';
import { FilteredList } from '../ui/filtered-list.tsx';
import { NextPart, SearchForm, type SearchFormProps } from '../ui/forms/search-form.tsx';
import { Table, type TableProps } from '../ui/table.tsx';

interface ConsoleListProps {
  readonly context: PageContext;
  /** Where the list is; its filters and its next part lead there. */
  readonly path: string;
  readonly asked: FilterResult<object>;
  readonly form: Omit<SearchFormProps, 'action' | 'problems' | 'submit'> & { readonly submit?: string };
  readonly table: TableProps;
  /** What brings rows, where that is not another search. */
  readonly none?: { readonly title: string; readonly hint: string };
  readonly next: string | null;
}

/** A list of the console: its filters, its rows, and the way on to its next part. */
export function ConsoleList({ context, path, asked, form, table, none, next }: ConsoleListProps) {
  const { admin } = context.messages;
  const { typed, problems } = asked;
  return (
    <>
      <FilteredList
        context={context}
        problems={problems}
        form={<SearchForm submit={admin.search} {...form} action={path} problems={problems} />}
        isEmpty={table.rows.length === 0}
        none={none ?? { title: admin.nothing, hint: admin.nothingHint }}
      >
        <Table {...table} />
      </FilteredList>
      <NextPart path={path} query={typed} next={next} text={admin.older} />
    </>
  );
}
