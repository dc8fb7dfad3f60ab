import type { QueuedRegistration, RegistrationState } from '../../ports/store/index.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Name } from '../ui/name.tsx';
import { NextPart, SearchForm } from '../ui/search-form.tsx';
import type { Shell } from '../ui/shell.ts';
import { Table } from '../ui/table.tsx';
import { ConsolePage } from './console-page.tsx';
import { listedStates } from './registrations.tsx';

export interface QueueViewProps {
  readonly shell: Shell;
  readonly state: (typeof listedStates)[number];
  readonly counts: Readonly<Record<RegistrationState, number>>;
  readonly rows: readonly QueuedRegistration[];
  readonly next: string | null;
}

export function QueueView({ shell, state, counts, rows, next }: QueueViewProps) {
  const { admin, minute } = shell.messages;
  const { queue } = admin;
  const path = '/admin/registrations/';
  const options = listedStates.map((value) => ({ value, text: `${queue.states[value]} (${counts[value]})` }));
  const cells = ({ id, answers, ownerEmail, submittedAt, updatedAt }: QueuedRegistration) => [
    <a key="product" href={`${path}${id}/`}>
      <Name>{answers.productName}</Name>
    </a>,
    <Name key="organisation">{answers.organisation}</Name>,
    ownerEmail,
    minute(submittedAt ?? updatedAt),
  ];
  return (
    <ConsolePage shell={shell} name={queue.title} lead={queue.lead}>
      <SearchForm
        action={path}
        label={queue.filter}
        submit={admin.search}
        filters={[{ name: 'state', label: queue.filter, value: state, options }]}
      />
      {rows.length === 0 ? (
        <EmptyState title={queue.none}>{queue.noneHint}</EmptyState>
      ) : (
        <Table
          caption={queue.title}
          columns={[queue.product, queue.organisation, queue.applicant, queue.since]}
          rows={rows.map((row) => ({ key: row.id, cells: cells(row) }))}
        />
      )}
      <NextPart path={path} query={{ state }} next={next} text={admin.older} />
    </ConsolePage>
  );
}
