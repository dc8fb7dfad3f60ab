import type { ComponentChildren } from 'preact';
import { EmptyState } from './empty-state.tsx';
import { ErrorSummary, type SummaryLine } from './forms/error-summary.tsx';
import type { Shell } from './shell.ts';

interface FilteredListProps {
  readonly shell: Shell;
  /** Filters that can't be read; then there are no rows, and it is not said that there are none. */
  readonly problems: readonly SummaryLine[];
  /** Absent: the list can't be narrowed down. */
  readonly form?: ComponentChildren;
  readonly isEmpty: boolean;
  readonly none: { readonly title: string; readonly hint: string };
  /** The rows, and the way on to the next part. */
  readonly children: ComponentChildren;
}

/** A list below its filters: its rows, or that there are none, or why the filters can't be read. */
export function FilteredList({ shell, problems, form, isEmpty, none, children }: FilteredListProps) {
  return (
    <>
      <ErrorSummary shell={shell} lines={problems} />
      {form}
      {problems.length > 0 ? null : isEmpty ? <EmptyState title={none.title}>{none.hint}</EmptyState> : children}
    </>
  );
}
