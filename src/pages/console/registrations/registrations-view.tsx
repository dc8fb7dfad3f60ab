import type { QueuedRegistration, RegistrationState } from '../../../ports/store/index.ts';
import { noWrapColumn } from '../../ui/table.tsx';
import { LongValue } from '../../ui/text/breakable.tsx';
import { IsolatedName } from '../../ui/text/isolated-text.tsx';
import { ListPage, type ListViewProps } from '../list-page.tsx';

/** Without drafts: only their owners see them. */
export const listedStates = [
  'submitted',
  'information_requested',
  'approved',
  'declined',
  'withdrawn',
] as const satisfies readonly RegistrationState[];

export interface RegistrationsViewProps extends ListViewProps<QueuedRegistration> {
  readonly counts: Readonly<Record<RegistrationState, number>>;
}

export function RegistrationsView({ counts, ...props }: RegistrationsViewProps) {
  const { admin, minute } = props.context.messages;
  const { queue } = admin;
  const path = '/admin/registrations/';
  const options = listedStates.map((value) => ({ value, text: `${queue.states[value]} (${counts[value]})` }));
  return (
    <ListPage
      {...props}
      title={queue.title}
      lead={queue.lead}
      path={path}
      search={{
        label: queue.filter,
        choices: [{ name: 'state', label: queue.filter, options, initial: 'submitted' }],
      }}
      columns={[queue.product, queue.organisation, queue.applicant, noWrapColumn(queue.since)]}
      rowOf={({ id, answers, ownerEmail, submittedAt, updatedAt }) => ({
        key: id,
        cells: [
          <a key="product" href={`${path}${id}/`}>
            <IsolatedName>{answers.productName}</IsolatedName>
          </a>,
          <IsolatedName key="organisation">{answers.organisation}</IsolatedName>,
          <LongValue key="owner">{ownerEmail}</LongValue>,
          minute(submittedAt ?? updatedAt),
        ],
      })}
      empty={{ title: queue.none, hint: queue.noneHint }}
    />
  );
}
