import type { VNode } from 'preact';
import { ConsoleApplicationView } from '../../../src/pages/console/applications/application-view.tsx';
import { ApplicationsView } from '../../../src/pages/console/applications/applications-view.tsx';
import { ConsoleGrantTypeView } from '../../../src/pages/console/applications/grant-type-view.tsx';
import { AuditView } from '../../../src/pages/console/audit-view.tsx';
import { ImportView } from '../../../src/pages/console/devices/device-import-view.tsx';
import { DeviceView } from '../../../src/pages/console/devices/device-view.tsx';
import { DevicesView } from '../../../src/pages/console/devices/devices-view.tsx';
import { ConsoleHomeView } from '../../../src/pages/console/home-view.tsx';
import { MailsView, MailView } from '../../../src/pages/console/mails-view.tsx';
import { ReviewView } from '../../../src/pages/console/registrations/registration-view.tsx';
import { RegistrationsView } from '../../../src/pages/console/registrations/registrations-view.tsx';
import { SystemView } from '../../../src/pages/console/system-view.tsx';
import { UserView } from '../../../src/pages/console/users/user-view.tsx';
import { UsersView } from '../../../src/pages/console/users/users-view.tsx';
import type { PageContext } from '../../../src/pages/page-context.ts';
import type { ConnectedApplication } from '../../../src/ports/store/index.ts';
import { hostileRecords } from './hostile-records.ts';

type Views = Readonly<Record<string, Readonly<Record<string, VNode>>>>;

/** Every view of the console, filled in with hostile input. */
export function consoleViews(
  context: PageContext,
  hostile: string,
  name: string,
  connected: ConnectedApplication,
): Views {
  const records = hostileRecords(hostile, name);
  const { application, registration, messages, refusedRequests, secrets, changes, entries, mail, user, member, days } =
    records;
  const impact = { users: 3, byConsent: 2, byPassword: 1, lastUsedAt: null };
  const owner = { id: 7, email: hostile };
  const device = { id: 1, serialNumber: hostile, deviceName: hostile, createdAt: 0, owner };
  const counts = { draft: 0, submitted: 1, information_requested: 2, approved: 3, declined: 4, withdrawn: 5 };
  /** The filters of a list as entered; with a problem about `field`, if there is one. */
  const filters = (entered: Readonly<Record<string, string>> = {}, field?: string) => {
    return { values: {}, entered, problems: field === undefined ? [] : [{ field, text: hostile }] };
  };
  const openChange = { ...changes[0], clientId: 'insiders_app_x', applicationName: name };
  const about = {
    context,
    application,
    impact,
    members: [member],
    secrets,
    now: 10,
    days,
    refusedRequests,
    registrationId: 'r',
    defaultTokenSeconds: 36_000,
  };
  const preview = { application, to: 'password' as const, impact, missesCallback: false };
  return {
    'console/applications/application-view.tsx': {
      acts: <ConsoleApplicationView {...about} mayAct noticeName="suspended" />,
      reads: (
        <ConsoleApplicationView
          {...about}
          members={[]}
          secrets={[]}
          refusedRequests={[]}
          mayAct={false}
          noticeName={hostile}
        />
      ),
    },
    'console/applications/applications-view.tsx': {
      list: (
        <ApplicationsView
          context={context}
          filters={filters({ q: hostile, status: 'active' })}
          rows={[application]}
          next={hostile}
        />
      ),
      empty: <ApplicationsView context={context} filters={filters()} rows={[]} next={null} />,
    },
    'console/audit-view.tsx': {
      list: <AuditView context={context} filters={filters({ q: hostile, action: hostile })} rows={entries} next="5" />,
      empty: <AuditView context={context} filters={filters()} rows={[]} next={null} />,
      refused: <AuditView context={context} filters={filters({ actor: hostile }, 'actor')} rows={[]} next={null} />,
    },
    'console/devices/device-import-view.tsx': {
      empty: <ImportView context={context} text="" problems={[]} />,
      wrong: <ImportView context={context} text={hostile} problems={[{ line: 2, message: hostile }]} />,
    },
    'console/devices/device-view.tsx': {
      owned: (
        <DeviceView
          context={context}
          device={device}
          history={[{ id: 1, startTime: 0, endTime: 32_503_679_999_000, owner }]}
          mayAct
          noticeName="assigned"
        />
      ),
      free: (
        <DeviceView
          context={context}
          device={{ ...device, owner: null }}
          history={[]}
          mayAct={false}
          noticeName={undefined}
        />
      ),
    },
    'console/devices/devices-view.tsx': {
      list: (
        <DevicesView
          context={context}
          filters={filters({ q: hostile })}
          rows={[device]}
          next="1"
          mayAct
          imported={{ added: 1, known: 2 }}
          noticeName={undefined}
        />
      ),
      empty: (
        <DevicesView
          context={context}
          filters={filters()}
          rows={[]}
          next={null}
          mayAct={false}
          imported={null}
          noticeName="added"
        />
      ),
    },
    'console/applications/grant-type-view.tsx': {
      asks: (
        <ConsoleGrantTypeView
          context={context}
          preview={preview}
          changes={changes}
          canUndo
          date={hostile}
          problem="badDate"
        />
      ),
      refuses: (
        <ConsoleGrantTypeView
          context={context}
          preview={{ ...preview, missesCallback: true }}
          changes={[]}
          canUndo={false}
          date=""
          problem={undefined}
        />
      ),
    },
    'console/home-view.tsx': {
      busy: (
        <ConsoleHomeView
          context={context}
          waiting={3}
          ages={[0, 4, 100]}
          changes={openChange.id === undefined ? [] : [openChange as never]}
          days={days}
        />
      ),
      quiet: <ConsoleHomeView context={context} waiting={0} ages={[]} changes={[]} days={[]} />,
    },
    'console/mails-view.tsx': {
      list: <MailsView context={context} filters={filters()} hasServer={false} rows={[mail]} next="1" />,
      empty: <MailsView context={context} filters={filters({ state: 'failed' })} hasServer rows={[]} next={null} />,
      one: <MailView context={context} mail={mail} mayAct noticeName={undefined} />,
    },
    'console/registrations/registration-view.tsx': {
      decides: (
        <ReviewView
          context={context}
          registration={registration}
          messages={messages}
          clientId={null}
          mayAnswer
          mayDecide
          noticeName="sent"
          problem={{ outcome: 'bad_text', code: 'required' }}
          entered={{ action: 'ask', field: 'storage', text: hostile }}
        />
      ),
      reads: (
        <ReviewView
          context={context}
          registration={{ ...registration, state: 'approved' }}
          messages={[]}
          clientId="insiders_app_x"
          mayAnswer={false}
          mayDecide={false}
          noticeName={undefined}
          problem={{ outcome: 'lost' }}
        />
      ),
    },
    'console/registrations/registrations-view.tsx': {
      list: (
        <RegistrationsView context={context} filters={filters()} counts={counts} rows={[registration]} next="1 r" />
      ),
      empty: (
        <RegistrationsView
          context={context}
          filters={filters({ state: 'declined' })}
          counts={counts}
          rows={[]}
          next={null}
        />
      ),
    },
    'console/system-view.tsx': {
      all: (
        <SystemView
          context={context}
          version="1.0.0"
          node="v24"
          startedAt={0}
          database="sqlite"
          migrations={{ applied: ['a'], pending: [] }}
          users={3}
          keyId={0}
          mails={{ waiting: 1, sent: 2, failed: 3 }}
          hasMailServer={false}
          jobs={[
            { name: 'mail', everySeconds: 5, lastAt: null, failed: false },
            { name: 'purge', everySeconds: 5, lastAt: 7, failed: true },
          ]}
          today={{ day: 0, requests: 0, errors: 0 }}
          month={days}
        />
      ),
    },
    'console/users/user-view.tsx': {
      acts: (
        <UserView
          context={context}
          user={user}
          sessions={[{ createdAt: 0, expiresAt: 1, from: '::1', userAgent: name }]}
          connected={[connected]}
          devices={1}
          mayAct
          noticeName="role"
        />
      ),
      reads: (
        <UserView
          context={context}
          user={{ ...user, disabledAt: null, administratorRole: null }}
          sessions={[]}
          connected={[]}
          devices={0}
          mayAct={false}
          noticeName={undefined}
        />
      ),
    },
    'console/users/users-view.tsx': {
      list: <UsersView context={context} filters={filters({ q: hostile })} rows={[user]} next="7" />,
      empty: <UsersView context={context} filters={filters({ only: 'staff' })} rows={[]} next={null} />,
    },
  };
}
