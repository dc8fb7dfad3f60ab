import { administratorRoles } from '../../../accounts/roles.ts';
import type { Viewer } from '../../../http/guards/session.ts';
import { endSessions, revokeAuthorizations, setDisabled, setRole, type UserOutcome } from '../../../use-cases/users.ts';
import type { PageRequest } from '../../page.ts';
import { readChoice } from '../../shared/read-value.ts';
import { Select } from '../../ui/forms/select.tsx';
import { contextForUseCase } from '../../use-case-context.ts';
import { type ActionResult, actionPages } from '../action-page.tsx';
import { userOrNotFound } from './user.tsx';

/** Makes the page of an action on a user. */
const userAction = actionPages({
  find: userOrNotFound,
  impactOf: async ({ services }, { id }) => {
    const { store, clock } = services;
    const [sessions, connected] = await Promise.all([
      store.users.sessions(id, clock.now()),
      store.authorizations.listConnected(id),
    ]);
    return { sessions: sessions.length, applications: connected.length };
  },
  pathOf: ({ id }) => `/admin/users/${id}/`,
});

function resultOf({ context }: PageRequest<Viewer>, outcome: UserOutcome, notice: string): ActionResult {
  if (outcome === 'changed') return { notice };
  return { problem: { text: context.messages.admin.user.outcomes[outcome] }, status: 409 };
}

/** `/admin/users/{user}/disable/` */
export const disableUser = userAction({
  ask: ({ context }, user, { sessions, applications }) => {
    const texts = context.messages.admin.user;
    return {
      name: texts.disable,
      title: texts.disableTitle(user.email),
      effects: texts.disableEffects(sessions, applications),
      submit: texts.disable,
      danger: true,
    };
  },
  perform: async (request, user) => {
    const outcome = await setDisabled(contextForUseCase(request), user, true);
    return resultOf(request, outcome, 'disabled');
  },
});

/** `/admin/users/{user}/enable/` */
export const enableUser = userAction({
  ask: ({ context }, user) => {
    const texts = context.messages.admin.user;
    return {
      name: texts.enable,
      title: texts.enableTitle(user.email),
      effects: texts.enableEffects,
      submit: texts.enable,
    };
  },
  perform: async (request, user) => {
    const outcome = await setDisabled(contextForUseCase(request), user, false);
    return resultOf(request, outcome, 'enabled');
  },
});

/** `/admin/users/{user}/end-sessions/` */
export const logUserOut = userAction({
  ask: ({ context }, user, { sessions }) => {
    const texts = context.messages.admin.user;
    return {
      name: texts.endSessions,
      title: texts.sessionsTitle(user.email),
      effects: texts.sessionsEffects(sessions),
      submit: texts.endSessions,
    };
  },
  perform: async (request, user) => {
    await endSessions(contextForUseCase(request), user);
    return { notice: 'sessions' };
  },
});

/** `/admin/users/{user}/end-authorizations/` */
export const disconnectUser = userAction({
  ask: ({ context }, user, { applications }) => {
    const texts = context.messages.admin.user;
    return {
      name: texts.endAuthorizations,
      title: texts.authorizationsTitle(user.email),
      effects: texts.authorizationsEffects(applications),
      submit: texts.endAuthorizations,
      danger: true,
    };
  },
  perform: async (request, user) => {
    await revokeAuthorizations(contextForUseCase(request), user);
    return { notice: 'disconnected' };
  },
});

/** `/admin/users/{user}/role/` */
export const changeRole = userAction({
  ask: ({ context }, user) => {
    const texts = context.messages.admin.user;
    const options = (['none', ...administratorRoles] as const).map((value) => ({ value, text: texts.roles[value] }));
    return {
      name: texts.changeRole,
      title: texts.roleTitle(user.email),
      effects: texts.roleEffects,
      submit: texts.changeRole,
      children: <Select name="role" label={texts.role} value={user.administratorRole ?? 'none'} options={options} />,
    };
  },
  perform: async (request, user) => {
    const role = readChoice(request.form.get('role'), ['none', ...administratorRoles]);
    if (role === undefined) return resultOf(request, 'unknown', 'role');
    const outcome = await setRole(contextForUseCase(request), user, role === 'none' ? null : role);
    return resultOf(request, outcome, 'role');
  },
});
