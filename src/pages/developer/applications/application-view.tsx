import { endpointPaths } from '../../../oauth/metadata.ts';
import type { Application, DayOfTraffic, Impact, RefusedRequest } from '../../../ports/store/index.ts';
import type { PageContext } from '../../page-context.ts';
import { RefusedRequestTable } from '../../shared/refused-request-table.tsx';
import { ApplicationBadge } from '../../shared/status-badges.tsx';
import { TrafficChart } from '../../shared/traffic-chart.tsx';
import { type Description, DescriptionList } from '../../ui/description-list.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ButtonLink } from '../../ui/forms/button.tsx';
import { Layout } from '../../ui/layout.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { IsolatedName } from '../../ui/text/isolated-text.tsx';
import { CodeList, InlineCode } from '../../ui/text/lines.tsx';
import { applicationSection, pathOfApplication } from '../members/membership.ts';

export interface ApplicationViewProps {
  readonly context: PageContext;
  readonly application: Application;
  readonly isOwner: boolean;
  readonly issuer: string;
  readonly defaultTokenSeconds: number;
  readonly impact: Impact;
  /** The last thirty, oldest first. */
  readonly days: readonly DayOfTraffic[];
  readonly refusedRequests: readonly RefusedRequest[];
  /** The test user of a sandbox; `null`: the application is not a sandbox. */
  readonly sandboxEmail: string | null;
  /** The number of users who were disconnected just now. */
  readonly disconnected?: number;
}

export function ApplicationView(props: ApplicationViewProps) {
  const { context, application, isOwner, refusedRequests, sandboxEmail, disconnected } = props;
  const { developer } = context.messages;
  const texts = developer.application;
  const { clientId, name, ownerName } = application;
  return (
    <Layout context={context} title={name} width="wide" section={applicationSection(context, clientId)}>
      <PageHeader title={<IsolatedName>{name}</IsolatedName>}>
        <IsolatedName>{ownerName}</IsolatedName>
      </PageHeader>
      {disconnected === undefined ? null : <Notice tone="good">{developer.disconnectAll.done(disconnected)}</Notice>}
      {application.status === 'suspended' ? <Notice tone="warning">{texts.suspendedNotice}</Notice> : null}
      {sandboxEmail === null ? null : (
        <Notice tone="info" title={texts.sandboxNotice}>
          <a href={pathOfApplication(clientId, 'sandbox/')}>{developer.sandbox.title}</a>: {sandboxEmail}
        </Notice>
      )}
      <p class="status-line">
        <ApplicationBadge context={context} application={application} />
      </p>
      <section class="full">
        <h2>{texts.configuration}</h2>
        <DescriptionList items={configuration(props)} />
      </section>
      <section class="full">
        <h2>{texts.policy}</h2>
        <DescriptionList items={policy(props)} />
      </section>
      <section class="full">
        <h2>{texts.traffic}</h2>
        <TrafficChart context={context} days={props.days} />
      </section>
      <section class="full">
        <h2>{texts.recentErrors}</h2>
        {refusedRequests.length === 0 ? (
          <EmptyState title={texts.noErrors}>{developer.errors.noneHint}</EmptyState>
        ) : (
          <>
            <RefusedRequestTable
              context={context}
              refusedRequests={refusedRequests}
              detailPath={(id) => pathOfApplication(clientId, `errors/${id}/`)}
            />
            <a href={pathOfApplication(clientId, 'errors/')}>{texts.allErrors}</a>
          </>
        )}
      </section>
      {isOwner ? (
        <section class="danger full">
          <h2>{texts.danger}</h2>
          <div class="actions">
            <ButtonLink weight="danger" href={pathOfApplication(clientId, 'disconnect-all/')}>
              {texts.disconnectAll}
            </ButtonLink>
            <ButtonLink weight="danger" href={pathOfApplication(clientId, 'transfer/')}>
              {texts.transfer}
            </ButtonLink>
          </div>
        </section>
      ) : null}
    </Layout>
  );
}

/** The configuration that an integrator needs, in the order of the documentation. */
function configuration({ context, application, issuer }: ApplicationViewProps): readonly Description[] {
  const { developer } = context.messages;
  const texts = developer.application;
  const { clientId, grantType, confidential, redirectUris } = application;
  const code = (text: string) => <InlineCode>{text}</InlineCode>;
  const callbacks = redirectUris.length === 0 ? texts.noCallbacks : <CodeList lines={redirectUris} />;
  const usesBrowser = grantType === 'authorization_code';
  return [
    { term: texts.clientId, value: code(clientId) },
    { term: texts.grant, value: developer.grants[grantType] },
    { term: texts.kind, value: confidential ? texts.confidential : texts.public },
    { term: texts.callbacks, value: callbacks },
    ...(usesBrowser ? [{ term: texts.authorizeUrl, value: code(issuer + endpointPaths.authorize) }] : []),
    { term: texts.tokenUrl, value: code(issuer + endpointPaths.token) },
    { term: texts.revokeUrl, value: code(issuer + endpointPaths.revoke) },
    { term: texts.apiUrl, value: code(`${issuer}/api/v1/`) },
    { term: texts.scope, value: code('all') },
    { term: texts.authentication, value: confidential ? texts.basic : texts.none },
  ];
}

function policy({ context, application, defaultTokenSeconds, impact }: ApplicationViewProps): readonly Description[] {
  const { developer, minute } = context.messages;
  const texts = developer.application;
  const { users, byConsent, byPassword, lastUsedAt } = impact;
  return [
    { term: texts.tokenLifetime, value: texts.hours(application.accessTokenSeconds ?? defaultTokenSeconds) },
    { term: texts.refreshPolicy, value: texts.refreshPolicies[application.refreshPolicy] },
    { term: texts.users, value: texts.usersCount(users, byConsent, byPassword) },
    { term: texts.lastUsed, value: lastUsedAt === null ? texts.never : minute(lastUsedAt) },
  ];
}
