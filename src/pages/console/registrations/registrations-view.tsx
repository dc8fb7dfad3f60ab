import type { QueuedRegistration, RegistrationState } from '../../../ports/store/index.ts';
import type { PageContext } from '../../page-context.ts';
import type { FilterResult } from '../../shared/filters.ts';
import { oneLine } from '../../ui/table.tsx';
import { Breakable } from '../../ui/text/breakable.tsx';
import { IsolatedName } from '../../ui/text/isolated-text.tsx';
import { ConsoleList } from '../console-list.tsx';
import { ConsolePage } from '../console-page.tsx';

/** Drafts are nobody else's business. */
export const listedStates = [
  'submitted',
  'information_requested',
  'approved',
  'declined',
  'withdrawn',
] as const satisfies readonly RegistrationState[];

export interface QueueViewProps {
  readonly context: PageContext;
  readonly asked: FilterResult<object>;
  readonly counts: Readonly<Record<RegistrationState, number>>;
  readonly rows: readonly QueuedRegistration[];
  readonly next: string | null;
}

export function QueueView({ context, asked, counts, rows, next }: QueueViewProps) {
  const { admin, minute } = context.messages;
  const { queue } = admin;
  const path = '/admin/registrations/';
  const options = listedStates.map((value) => ({ value, text: `${queue.states[value]} (${counts[value]})` }));
  const cells = ({ id, answers, ownerEmail, submittedAt, updatedAt }: QueuedRegistration) => [
    <a key="product" href={`${path}${id}/`}>
      <IsolatedName>{answers.productName}</IsolatedName>
    </a>,
    <IsolatedName key="organisation">{answers.organisation}</IsolatedName>,
    <Breakable key="owner">{ownerEmail}</Breakable>,
    minute(submittedAt ?? updatedAt),
  ];
  return (
    <ConsolePage context={context} name={queue.title} lead={queue.lead}>
      <ConsoleList
        context={context}
        path={path}
        asked={asked}
        form={{
          label: queue.filter,
          filters: [{ name: 'state', label: queue.filter, value: asked.typed.state || 'submitted', options }],
        }}
        table={{
          caption: queue.title,
          columns: [queue.product, queue.organisation, queue.applicant, oneLine(queue.since)],
          rows: rows.map((row) => ({ key: row.id, cells: cells(row) })),
        }}
        none={{ title: queue.none, hint: queue.noneHint }}
        next={next}
      />
    </ConsolePage>
  );
}
