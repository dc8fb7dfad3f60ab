import type { Application, MemberRole, Registration } from '../../ports/store/index.ts';
import type { PageContext } from '../page-context.ts';
import { ApplicationBadge, RegistrationBadge } from '../shared/status-badges.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ButtonLink } from '../ui/forms/button.tsx';
import { Layout } from '../ui/layout.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { noWrapColumn, type Row, Table } from '../ui/table.tsx';
import { IsolatedName } from '../ui/text/isolated-text.tsx';
import { pathOfApplication } from './members/membership.ts';

export interface PortalHomeViewProps {
  readonly context: PageContext;
  readonly applications: readonly { readonly application: Application; readonly role: MemberRole }[];
  readonly registrations: readonly Registration[];
}

export function PortalHomeView({ context, applications, registrations }: PortalHomeViewProps) {
  const { developer } = context.messages;
  const { home } = developer;
  const draft = registrations.find(({ state }) => state === 'draft');
  return (
    <Layout context={context} title={developer.title} width="wide">
      <PageHeader title={developer.title}>{developer.lead}</PageHeader>
      <p>
        <ButtonLink weight="primary" href="/developer/register/">
          {draft === undefined ? home.register : home.continueDraft}
        </ButtonLink>
      </p>
      <section>
        <h2>{home.applications}</h2>
        {applications.length === 0 ? (
          <EmptyState title={home.none}>{home.noneHint}</EmptyState>
        ) : (
          <Table
            caption={home.applications}
            columns={[home.name, noWrapColumn(home.state), noWrapColumn(home.role)]}
            rows={applications.map((each) => applicationRow(context, each))}
          />
        )}
      </section>
      {registrations.length === 0 ? null : (
        <section>
          <h2>{home.registrations}</h2>
          <Table
            caption={home.registrations}
            columns={[home.name, noWrapColumn(home.state), noWrapColumn(home.since)]}
            rows={registrations.map((each) => registrationRow(context, each))}
          />
        </section>
      )}
    </Layout>
  );
}

function applicationRow(context: PageContext, { application, role }: PortalHomeViewProps['applications'][number]): Row {
  const { home } = context.messages.developer;
  return {
    key: application.id,
    cells: [
      <a key="name" href={pathOfApplication(application.clientId)}>
        <IsolatedName>{application.name}</IsolatedName>
      </a>,
      <ApplicationBadge key="state" context={context} application={application} />,
      home.roles[role],
    ],
  };
}

function registrationRow(context: PageContext, registration: Registration): Row {
  const { developer, day } = context.messages;
  const { id, state, answers, createdAt, updatedAt } = registration;
  const href = state === 'draft' ? '/developer/register/' : `/developer/registrations/${id}/`;
  return {
    key: id,
    cells: [
      <a key="name" href={href}>
        <IsolatedName>{answers.productName === '' ? developer.home.untitled : answers.productName}</IsolatedName>
      </a>,
      <RegistrationBadge key="state" context={context} state={state} />,
      day(Math.max(createdAt, updatedAt)),
    ],
  };
}
