import { administratorRoles } from '../../../accounts/roles.ts';
import type { Viewer } from '../../../http/guards/session.ts';
import type { User } from '../../../ports/store/index.ts';
import { endAuthorizations, endSessions, setDisabled, setRole, type UserOutcome } from '../../../use-cases/users.ts';
import type { FormPage, PageRequest, PageResponse } from '../../page.ts';
import { ConfirmationView, type ConfirmationViewProps } from '../../shared/confirmation-view.tsx';
import { readChoice } from '../../shared/read-value.ts';
import { Select } from '../../ui/forms/select.tsx';
import { contextForUseCase } from '../../use-case-context.ts';
import { consoleSection } from '../section.ts';
import { userOrNotFound } from './user.tsx';

interface Act {
  readonly ask: (
    request: PageRequest<Viewer>,
    on: { readonly user: User; readonly sessions: number; readonly applications: number },
  ) => Omit<ConfirmationViewProps, 'context' | 'section' | 'back'>;
  readonly perform: (request: PageRequest<Viewer>, user: User) => Promise<UserOutcome>;
  /** What is said when it is done. */
  readonly done: string;
}

/** An act on a user: what it does, and the form that does it, after the password was asked for. */
function actPage({ ask, perform, done }: Act): FormPage<Viewer> {
  const show = async (
    request: PageRequest<Viewer>,
    outcome?: Exclude<UserOutcome, 'changed'>,
  ): Promise<PageResponse> => {
    const user = await userOrNotFound(request);
    const { store, clock } = request.services;
    const [sessions, connected] = await Promise.all([
      store.users.sessions(user.id, clock.now()),
      store.authorizations.listConnected(user.id),
    ]);
    const { context } = request;
    const { admin } = context.messages;
    const view = (
      <ConfirmationView
        context={context}
        section={consoleSection(context)}
        back={{ href: `/admin/users/${user.id}/`, text: admin.back }}
        errors={outcome === undefined ? [] : [{ text: admin.user.outcomes[outcome] }]}
        {...ask(request, { user, sessions: sessions.length, applications: connected.length })}
      />
    );
    return { kind: 'page', view, status: outcome === undefined ? 200 : 409 };
  };
  return {
    get: async (request) => show(request),
    post: async (request) => {
      const user = await userOrNotFound(request);
      const outcome = await perform(request, user);
      if (outcome !== 'changed') return show(request, outcome);
      return { kind: 'redirect', location: `/admin/users/${user.id}/?done=${done}` };
    },
  };
}

export const disableUser = actPage({
  done: 'disabled',
  ask: ({ context }, { user, sessions, applications }) => {
    const texts = context.messages.admin.user;
    return {
      name: texts.disable,
      title: texts.disableTitle(user.email),
      effects: texts.disableEffects(sessions, applications),
      submit: texts.disable,
      danger: true,
    };
  },
  perform: (request, user) => setDisabled(contextForUseCase(request), user, true),
});

export const enableUser = actPage({
  done: 'enabled',
  ask: ({ context }, { user }) => {
    const texts = context.messages.admin.user;
    return {
      name: texts.enable,
      title: texts.enableTitle(user.email),
      effects: texts.enableEffects,
      submit: texts.enable,
    };
  },
  perform: (request, user) => setDisabled(contextForUseCase(request), user, false),
});

export const logUserOut = actPage({
  done: 'sessions',
  ask: ({ context }, { user, sessions }) => {
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
    return 'changed';
  },
});

export const disconnectUser = actPage({
  done: 'disconnected',
  ask: ({ context }, { user, applications }) => {
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
    await endAuthorizations(contextForUseCase(request), user);
    return 'changed';
  },
});

export const changeRole = actPage({
  done: 'role',
  ask: ({ context }, { user }) => {
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
    const wanted = readChoice(request.form.get('role'), ['none', ...administratorRoles]);
    if (wanted === undefined) return 'unknown';
    return setRole(contextForUseCase(request), user, wanted === 'none' ? null : wanted);
  },
});
