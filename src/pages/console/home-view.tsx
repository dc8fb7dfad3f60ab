import type { DayOfTraffic, GrantChange } from '../../ports/store/index.ts';
import type { PageContext } from '../page-context.ts';
import { TrafficChart } from '../shared/traffic-chart.tsx';
import { BarChart } from '../ui/bars.tsx';
import { ButtonLink } from '../ui/forms/button.tsx';
import { noWrapColumn, Table } from '../ui/table.tsx';
import { IsolatedName } from '../ui/text/isolated-text.tsx';
import { ConsolePage } from './console-page.tsx';

type OpenChange = GrantChange & { readonly clientId: string; readonly applicationName: string };

export interface ConsoleHomeViewProps {
  readonly context: PageContext;
  /** Registrations in the queue. */
  readonly waiting: number;
  /** Days that each of them has been waiting, at most a thousand of them. */
  readonly ages: readonly number[];
  readonly changes: readonly OpenChange[];
  readonly days: readonly DayOfTraffic[];
}

/** The last day of each group; the last group has none. */
const groups = [0, 2, 5, 10, Number.POSITIVE_INFINITY];

export function ConsoleHomeView({ context, waiting, ages, changes, days }: ConsoleHomeViewProps) {
  const { admin } = context.messages;
  const { home } = admin;
  const bars = groups.map((last, index) => ({
    label: home.ages[index] ?? '',
    value: ages.filter((age) => age <= last && age > (groups[index - 1] ?? -1)).length,
  }));
  return (
    <ConsolePage context={context} name={admin.title}>
      <section class="full">
        <h2>{`${home.queue}: ${waiting}`}</h2>
        <BarChart caption={home.byAge} bars={bars} />
        <ButtonLink href="/admin/registrations/">{admin.registrations}</ButtonLink>
      </section>
      <section class="full">
        <h2>{home.changes}</h2>
        <Changes context={context} changes={changes} />
      </section>
      <section class="full">
        <h2>{home.traffic}</h2>
        <TrafficChart context={context} days={days} />
      </section>
    </ConsolePage>
  );
}

function Changes({ context, changes }: { readonly context: PageContext; readonly changes: readonly OpenChange[] }) {
  const { admin, developer, minute } = context.messages;
  const { grant, grants } = developer;
  if (changes.length === 0) return <p>{admin.home.noChanges}</p>;
  const rows = changes.map(({ id, clientId, applicationName, from, to, state, createdAt, dueAt }) => ({
    key: id,
    cells: [
      <a key="application" href={`/admin/applications/${clientId}/grant-type/`}>
        <IsolatedName>{applicationName}</IsolatedName>
      </a>,
      grant.arrow(grants[from], grants[to]),
      grant.states[state],
      minute(dueAt ?? createdAt),
    ],
  }));
  const columns = [developer.section, grant.change, noWrapColumn(grant.state), noWrapColumn(grant.when)];
  return <Table caption={admin.home.changes} columns={columns} rows={rows} />;
}
