import type { QueuedRegistration, RegistrationState } from '../../ports/store/index.ts';
import type { Asked } from '../filters.ts';
import { Breakable } from '../ui/breakable.tsx';
import { FilteredList } from '../ui/filtered-list.tsx';
import { Name } from '../ui/name.tsx';
import { NextPart, SearchForm } from '../ui/search-form.tsx';
import type { Shell } from '../ui/shell.ts';
import { oneLine, Table } from '../ui/table.tsx';
import { ConsolePage } from './console-page.tsx';
import { listedStates } from './registrations.tsx';

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
      <FilteredList
        shell={shell}
        problems={asked.problems}
        form={
          <SearchForm
            action={path}
            label={queue.filter}
            submit={admin.search}
            problems={asked.problems}
            filters={[{ name: 'state', label: queue.filter, value: asked.typed.state || 'submitted', options }]}
          />
        }
        isEmpty={rows.length === 0}
        none={{ title: queue.none, hint: queue.noneHint }}
      >
        <Table
          caption={queue.title}
          columns={[queue.product, queue.organisation, queue.applicant, oneLine(queue.since)]}
          rows={rows.map((row) => ({ key: row.id, cells: cells(row) }))}
        />
      </FilteredList>
      <NextPart path={path} query={asked.typed} next={next} text={admin.older} />
    </ConsolePage>
  );
}
