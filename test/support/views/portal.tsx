import type { VNode } from 'preact';
import { ApplicationView } from '../../../src/pages/developer/applications/application-view.tsx';
import { CallbacksView } from '../../../src/pages/developer/applications/callbacks-view.tsx';
import { GrantTypeView } from '../../../src/pages/developer/applications/grant-type-view.tsx';
import { HistoryView } from '../../../src/pages/developer/applications/history-view.tsx';
import {
  RefusedRequestsView,
  RefusedRequestView,
} from '../../../src/pages/developer/applications/refused-requests-view.tsx';
import { SandboxView } from '../../../src/pages/developer/applications/sandbox-view.tsx';
import { SecretsView } from '../../../src/pages/developer/applications/secrets-view.tsx';
import { PortalHomeView } from '../../../src/pages/developer/home-view.tsx';
import { InvitationView } from '../../../src/pages/developer/members/invitation-view.tsx';
import { MembersView } from '../../../src/pages/developer/members/members-view.tsx';
import { RegistrationFormView } from '../../../src/pages/developer/registrations/new-registration-view.tsx';
import { RegistrationView } from '../../../src/pages/developer/registrations/registration-view.tsx';
import type { PageContext } from '../../../src/pages/page-context.ts';
import { ConfirmationView } from '../../../src/pages/shared/confirmation-view.tsx';
import { SecretView } from '../../../src/pages/shared/secret-view.tsx';
import { Select } from '../../../src/pages/ui/forms/select.tsx';
import { IsolatedName } from '../../../src/pages/ui/text/isolated-text.tsx';
import { hostileRecords } from './hostile-records.ts';

type Views = Readonly<Record<string, Readonly<Record<string, VNode>>>>;

/** Every view of the portal, filled in with hostile input. */
export function portalViews(context: PageContext, hostile: string, name: string): Views {
  const { application, registration, messages, refusedRequests, secrets, changes, history, member, days } =
    hostileRecords(hostile, name);
  const sandbox = { ...application, status: 'active' as const, sandboxUserId: 7 };
  const impact = { users: 3, byConsent: 2, byPassword: 1, lastUsedAt: 1 };
  const overview = { context, issuer: 'https://insiders.example', defaultTokenSeconds: 36_000, impact, days };
  const answers = registration.answers;
  const common = { context, application };
  return {
    'shared/confirmation-view.tsx': {
      asks: (
        <ConfirmationView
          context={context}
          title={<IsolatedName>{name}</IsolatedName>}
          name={name}
          effects={[hostile]}
          submit="Do it"
          danger
          back={{ href: '/', text: 'Back' }}
          errors={[{ field: 'typed', text: hostile }]}
          retype={{ label: hostile, text: hostile }}
          hidden={{ owner: hostile }}
        >
          <Select
            name="to"
            label={hostile}
            hint={hostile}
            errors={[hostile]}
            options={[{ value: hostile, text: name }]}
          />
        </ConfirmationView>
      ),
      refuses: (
        <ConfirmationView
          context={context}
          title={<IsolatedName>{name}</IsolatedName>}
          name={name}
          effects={[]}
          submit="Do it"
          back={{ href: '/', text: 'Back' }}
          obstacle={hostile}
        />
      ),
    },
    'shared/secret-view.tsx': {
      shows: (
        <SecretView
          context={context}
          title={hostile}
          secret={hostile}
          copyNow={hostile}
          next={{ href: '/', text: 'Done' }}
        />
      ),
    },
    'developer/applications/application-view.tsx': {
      owner: (
        <ApplicationView
          {...overview}
          application={application}
          isOwner
          refusedRequests={refusedRequests}
          sandboxEmail={null}
        />
      ),
      sandbox: (
        <ApplicationView
          {...overview}
          application={sandbox}
          isOwner={false}
          refusedRequests={[]}
          sandboxEmail={`${hostile}@x.example`}
          disconnected={3}
        />
      ),
    },
    'developer/applications/callbacks-view.tsx': {
      owner: <CallbacksView {...common} isOwner text={hostile} problems={[hostile]} saved={false} />,
      member: <CallbacksView {...common} isOwner={false} text="" problems={[]} saved />,
    },
    'developer/applications/refused-requests-view.tsx': {
      list: <RefusedRequestsView {...common} problems={[]} rows={refusedRequests} next="5" />,
      empty: <RefusedRequestsView {...common} problems={[]} rows={[]} next={null} />,
      refused: <RefusedRequestsView {...common} problems={[{ text: hostile }]} rows={[]} next={null} />,
      ...Object.fromEntries(
        refusedRequests.map((refusal) => [
          refusal.cause,
          <RefusedRequestView key={refusal.cause} {...common} refusal={refusal} />,
        ]),
      ),
    },
    'developer/applications/grant-type-view.tsx': {
      asks: <GrantTypeView {...common} isOwner changes={[]} problem="badReason" reason={hostile} />,
      open: <GrantTypeView {...common} isOwner changes={changes} notice="sent" />,
    },
    'developer/applications/history-view.tsx': {
      list: <HistoryView {...common} entries={history} viewerId={7} />,
      empty: <HistoryView {...common} entries={[]} viewerId={7} />,
    },
    'developer/home-view.tsx': {
      empty: <PortalHomeView context={context} applications={[]} registrations={[]} />,
      full: (
        <PortalHomeView
          context={context}
          applications={[{ application, role: 'owner' }]}
          registrations={[registration, { ...registration, id: 'draft', state: 'draft' }]}
        />
      ),
    },
    'developer/members/invitation-view.tsx': {
      asks: <InvitationView context={context} state={{ kind: 'asks', token: hostile, application: name }} />,
      gone: <InvitationView context={context} state={{ kind: 'gone' }} />,
      other: <InvitationView context={context} state={{ kind: 'other-address', email: hostile }} />,
    },
    'developer/members/members-view.tsx': {
      owner: (
        <MembersView
          {...common}
          viewerId={7}
          isOwner
          members={[member]}
          invitations={[
            { idHash: hostile, applicationId: 'a', email: hostile, role: 'member', createdAt: 0, expiresAt: 1 },
          ]}
          email={hostile}
          noticeName={undefined}
          problem="not_an_address"
        />
      ),
      member: (
        <MembersView
          {...common}
          viewerId={8}
          isOwner={false}
          members={[member]}
          invitations={[]}
          email=""
          noticeName="invited"
          problem={undefined}
        />
      ),
    },
    'developer/registrations/new-registration-view.tsx': {
      filled: (
        <RegistrationFormView context={context} action="/developer/register/" answers={answers} version={3} saved />
      ),
      wrong: (
        <RegistrationFormView
          context={context}
          action="/developer/register/"
          answers={answers}
          version={3}
          lost
          problems={[
            { field: 'productName', code: 'too_long' },
            { field: 'country', code: 'not_a_country' },
            { field: 'grantType', code: 'required' },
            { field: 'callbacks', code: 'callback', message: hostile },
          ]}
        />
      ),
      within: (
        <RegistrationFormView
          context={context}
          action="/developer/register/"
          answers={answers}
          version={3}
          within={{ back: '/', reply: hostile, replyErrors: [hostile] }}
        />
      ),
    },
    'developer/registrations/registration-view.tsx': {
      waiting: (
        <RegistrationView
          context={context}
          registration={registration}
          messages={messages}
          position={2}
          now={200_000_000}
          clientId={null}
          sandboxClientId="insiders_app_x"
          problem={{ outcome: 'bad_text', code: 'too_long' }}
          text={hostile}
        />
      ),
      approved: (
        <RegistrationView
          context={context}
          registration={{ ...registration, state: 'approved' }}
          messages={messages}
          position={null}
          now={0}
          clientId="insiders_app_x"
          sandboxClientId={null}
          notice="replied"
        />
      ),
      declined: (
        <RegistrationView
          context={context}
          registration={{ ...registration, state: 'declined' }}
          messages={[]}
          position={null}
          now={0}
          clientId={null}
          sandboxClientId={null}
          problem={{ outcome: 'lost' }}
        />
      ),
    },
    'developer/applications/sandbox-view.tsx': { asks: <SandboxView {...common} email={hostile} /> },
    'developer/applications/secrets-view.tsx': {
      list: <SecretsView {...common} secrets={secrets} now={10} tooMany isRevoked={false} />,
      empty: <SecretsView {...common} secrets={[]} now={10} tooMany={false} isRevoked />,
      public: (
        <SecretsView
          context={context}
          application={{ ...application, confidential: false }}
          secrets={[]}
          now={10}
          tooMany={false}
          isRevoked={false}
        />
      ),
    },
  };
}
