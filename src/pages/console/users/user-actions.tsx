import { staffRoles } from '../../../accounts/roles.ts';
import type { Viewer } from '../../../http/guards/session.ts';
import type { User } from '../../../ports/store/index.ts';
import { endAuthorizations, endSessions, setDisabled, setRole, type UserOutcome } from '../../../use-cases/users.ts';
import { deskOf } from '../../desk.ts';
import type { Page, PageAnswer, PageRequest } from '../../page.ts';
import { ActView, type ActViewProps } from '../../shared/confirmation-view.tsx';
import { Select } from '../../ui/forms/select.tsx';
import { oneOf } from '../query.ts';
import { consoleSection } from '../section.ts';
import { userOf } from './user.tsx';

interface Act {
  readonly path: string;
  readonly ask: (
    request: PageRequest<Viewer>,
    on: { readonly user: User; readonly sessions: number; readonly applications: number },
  ) => Omit<ActViewProps, 'shell' | 'section' | 'back'>;
  readonly perform: (request: PageRequest<Viewer>, user: User) => Promise<UserOutcome>;
  /** What is said when it is done. */
  readonly done: string;
}

/** An act on a user: what it does, and the form that does it, after the password was asked for. */
function actPage({ path, ask, perform, done }: Act): Page {
  const show = async (request: PageRequest<Viewer>, outcome?: Exclude<UserOutcome, 'changed'>): Promise<PageAnswer> => {
    const user = await userOf(request);
    const { store, clock } = request.services;
    const [sessions, connected] = await Promise.all([
      store.users.sessions(user.id, clock.now()),
      store.authorizations.listConnected(user.id),
    ]);
    const { shell } = request;
    const { admin } = shell.messages;
    const view = (
      <ActView
        shell={shell}
        section={consoleSection(shell)}
        back={{ href: `/admin/users/${user.id}/`, text: admin.back }}
        errors={outcome === undefined ? [] : [{ text: admin.user.outcomes[outcome] }]}
        {...ask(request, { user, sessions: sessions.length, applications: connected.length })}
      />
    );
    return { kind: 'page', view, status: outcome === undefined ? 200 : 409 };
  };
  return {
    path: `/admin/users/:user/${path}`,
    guard: 'staff',
    power: 'administer',
    sensitive: true,
    get: async (request) => show(request),
    post: async (request) => {
      const user = await userOf(request);
      const outcome = await perform(request, user);
      if (outcome !== 'changed') return show(request, outcome);
      return { kind: 'redirect', location: `/admin/users/${user.id}/?done=${done}` };
    },
  };
}

export const disablePage: Page = actPage({
  path: 'disable/',
  done: 'disabled',
  ask: ({ shell }, { user, sessions, applications }) => {
    const texts = shell.messages.admin.user;
    return {
      name: texts.disable,
      title: texts.disableTitle(user.email),
      effects: texts.disableEffects(sessions, applications),
      submit: texts.disable,
      danger: true,
    };
  },
  perform: (request, user) => setDisabled(deskOf(request), user, true),
});

export const enablePage: Page = actPage({
  path: 'enable/',
  done: 'enabled',
  ask: ({ shell }, { user }) => {
    const texts = shell.messages.admin.user;
    return {
      name: texts.enable,
      title: texts.enableTitle(user.email),
      effects: texts.enableEffects,
      submit: texts.enable,
    };
  },
  perform: (request, user) => setDisabled(deskOf(request), user, false),
});

export const endSessionsPage: Page = actPage({
  path: 'end-sessions/',
  done: 'sessions',
  ask: ({ shell }, { user, sessions }) => {
    const texts = shell.messages.admin.user;
    return {
      name: texts.endSessions,
      title: texts.sessionsTitle(user.email),
      effects: texts.sessionsEffects(sessions),
      submit: texts.endSessions,
    };
  },
  perform: async (request, user) => {
    await endSessions(deskOf(request), user);
    return 'changed';
  },
});

export const endAuthorizationsPage: Page = actPage({
  path: 'end-authorizations/',
  done: 'disconnected',
  ask: ({ shell }, { user, applications }) => {
    const texts = shell.messages.admin.user;
    return {
      name: texts.endAuthorizations,
      title: texts.authorizationsTitle(user.email),
      effects: texts.authorizationsEffects(applications),
      submit: texts.endAuthorizations,
      danger: true,
    };
  },
  perform: async (request, user) => {
    await endAuthorizations(deskOf(request), user);
    return 'changed';
  },
});

export const rolePage: Page = actPage({
  path: 'role/',
  done: 'role',
  ask: ({ shell }, { user }) => {
    const texts = shell.messages.admin.user;
    const options = (['none', ...staffRoles] as const).map((value) => ({ value, text: texts.roles[value] }));
    return {
      name: texts.changeRole,
      title: texts.roleTitle(user.email),
      effects: texts.roleEffects,
      submit: texts.changeRole,
      children: <Select name="role" label={texts.role} value={user.staffRole ?? 'none'} options={options} />,
    };
  },
  perform: async (request, user) => {
    const wanted = oneOf(request.form.get('role'), ['none', ...staffRoles]);
    if (wanted === undefined) return 'unknown';
    return setRole(deskOf(request), user, wanted === 'none' ? null : wanted);
  },
});
