import type { QueuedRegistration, RegistrationState } from '../../../ports/store/index.ts';
import type { Asked } from '../../shared/filters.ts';
import type { Shell } from '../../ui/shell.ts';
import { oneLine } from '../../ui/table.tsx';
import { Breakable } from '../../ui/text/breakable.tsx';
import { Name } from '../../ui/text/isolated-text.tsx';
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
  readonly shell: Shell;
  readonly asked: Asked<object>;
  readonly counts: Readonly<Record<RegistrationState, number>>;
  readonly rows: readonly QueuedRegistration[];
  readonly next: string | null;
}

export function QueueView({ shell, asked, counts, rows, next }: QueueViewProps) {
  const { admin, minute } = shell.messages;
  const { queue } = admin;
  const path = '/admin/registrations/';
  const options = listedStates.map((value) => ({ value, text: `${queue.states[value]} (${counts[value]})` }));
  const cells = ({ id, answers, ownerEmail, submittedAt, updatedAt }: QueuedRegistration) => [
    <a key="product" href={`${path}${id}/`}>
      <Name>{answers.productName}</Name>
    </a>,
    <Name key="organisation">{answers.organisation}</Name>,
    <Breakable key="owner">{ownerEmail}</Breakable>,
    minute(submittedAt ?? updatedAt),
  ];
  return (
    <ConsolePage shell={shell} name={queue.title} lead={queue.lead}>
      <ConsoleList
        shell={shell}
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
