import type { ComponentChildren } from 'preact';
import type { PageContext } from '../page-context.ts';
import { EmptyState } from './empty-state.tsx';
import { ErrorSummary, type SummaryLine } from './forms/error-summary.tsx';

interface FilteredListProps {
  readonly context: PageContext;
  /** Errors of the filters. If there are any, neither rows nor the empty state are shown. */
  readonly problems: readonly SummaryLine[];
  /** The filters; absent: the list has none. */
  readonly form?: ComponentChildren;
  readonly isEmpty: boolean;
  /** Texts of the empty state. */
  readonly none: { readonly title: string; readonly hint: string };
  /** The rows and the link to the next page. */
  readonly children: ComponentChildren;
}

/** A list below its filters: its rows, an empty state, or the errors of the filters. */
export function FilteredList({ context, problems, form, isEmpty, none, children }: FilteredListProps) {
  return (
    <>
      <ErrorSummary context={context} lines={problems} />
      {form}
      {problems.length > 0 ? null : isEmpty ? <EmptyState title={none.title}>{none.hint}</EmptyState> : children}
    </>
  );
}
