import type { GrantChange } from '../../ports/store/index.ts';
import type { PageContext } from '../page-context.ts';
import { noWrapColumn, Table } from '../ui/table.tsx';
import { Multiline } from '../ui/text/multiline.tsx';

/** The requested, scheduled and finished changes of an application's grant type, in the order given. */
export function GrantChangeTable({
  context,
  changes,
}: {
  readonly context: PageContext;
  readonly changes: readonly GrantChange[];
}) {
  const { developer, minute } = context.messages;
  const { grant, grants } = developer;
  if (changes.length === 0) return <p>{grant.none}</p>;
  const rows = changes.map(({ id, from, to, state, reason, createdAt, dueAt, doneAt }) => ({
    key: id,
    cells: [
      grant.arrow(grants[from], grants[to]),
      grant.states[state],
      minute(doneAt ?? dueAt ?? createdAt),
      <Multiline key="reason">{reason}</Multiline>,
    ],
  }));
  const columns = [grant.change, noWrapColumn(grant.state), noWrapColumn(grant.when), grant.reason];
  return <Table caption={grant.changes} columns={columns} rows={rows} />;
}
