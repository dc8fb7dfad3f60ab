import { normaliseEmail } from '../../../accounts/email.ts';
import type { Viewer } from '../../../http/guards/session.ts';
import { Problem } from '../../../http/problem.ts';
import type { Application, Impact } from '../../../ports/store/index.ts';
import { revokeAll, setPolicy, setStatus } from '../../../use-cases/applications.ts';
import { appoint } from '../../../use-cases/members.ts';
import { retirements, retireSecret } from '../../../use-cases/secrets.ts';
import { deskOf } from '../../desk.ts';
import { textOf } from '../../developer/registrations/registration.tsx';
import type { Page, PageAnswer, PageRequest } from '../../page.ts';
import { ActView, type ActViewProps } from '../../shared/confirmation-view.tsx';
import { Field } from '../../ui/forms/field.tsx';
import { Select } from '../../ui/forms/select.tsx';
import { TextArea } from '../../ui/forms/text-area.tsx';
import { Sentence } from '../../ui/text/isolated-text.tsx';
import { oneOf } from '../query.ts';
import { adminPathOf, consoleSection } from '../section.ts';
import { applicationOf } from './application.tsx';

interface Act {
  readonly path: string;
  readonly ask: (
    request: PageRequest<Viewer>,
    on: { readonly application: Application; readonly impact: Impact },
  ) => Omit<ActViewProps, 'shell' | 'section' | 'back'>;
  /** Answers what to say when it is done, or what is wrong with the form. */
  readonly perform: (
    request: PageRequest<Viewer>,
    application: Application,
  ) => Promise<{ readonly done: string } | { readonly field: string; readonly wrong: string }>;
}

/**
 * A confirmed action on an application: the page that shows its impact, and the form that performs it, once the
 * password was confirmed.
 */
function actPage({ path, ask, perform }: Act): Page {
  const show = async (request: PageRequest<Viewer>, wrong?: { field: string; wrong: string }): Promise<PageAnswer> => {
    const application = await applicationOf(request);
    const impact = await request.services.store.applications.impact(application.id);
    const { shell } = request;
    const view = (
      <ActView
        shell={shell}
        section={consoleSection(shell)}
        back={{ href: adminPathOf(application.clientId), text: shell.messages.admin.back }}
        errors={wrong === undefined ? [] : [{ field: wrong.field, text: wrong.wrong }]}
        {...ask(request, { application, impact })}
      />
    );
    return { kind: 'page', view, status: wrong === undefined ? 200 : 400 };
  };
  return {
    path: `/admin/applications/:application/${path}`,
    guard: 'staff',
    power: 'administer',
    sensitive: true,
    get: async (request) => show(request),
    post: async (request) => {
      const application = await applicationOf(request);
      const performed = await perform(request, application);
      if ('wrong' in performed) return show(request, performed);
      return { kind: 'redirect', location: adminPathOf(application.clientId, `?done=${performed.done}`) };
    },
  };
}

export const suspendPage: Page = actPage({
  path: 'suspend/',
  ask: ({ shell }, { application, impact }) => {
    const { admin } = shell.messages;
    const texts = admin.application;
    return {
      name: texts.suspend,
      title: <Sentence parts={texts.suspendTitle(application.name)} />,
      effects: texts.suspendEffects(impact.users),
      submit: texts.suspend,
      danger: true,
      children: <TextArea name="reason" label={admin.reason} hint={admin.reasonHint} maxLength={2000} />,
    };
  },
  perform: async (request, { clientId }) => {
    await setStatus(deskOf(request), clientId, 'suspended', [...textOf(request, 'reason')].slice(0, 2000).join(''));
    return { done: 'suspended' };
  },
});

export const resumePage: Page = actPage({
  path: 'resume/',
  ask: ({ shell }, { application, impact }) => {
    const texts = shell.messages.admin.application;
    return {
      name: texts.resume,
      title: <Sentence parts={texts.resumeTitle(application.name)} />,
      effects: texts.resumeEffects(impact.users),
      submit: texts.resume,
    };
  },
  perform: async (request, { clientId }) => {
    await setStatus(deskOf(request), clientId, 'active');
    return { done: 'resumed' };
  },
});

export const revokeAllPage: Page = actPage({
  path: 'revoke-all/',
  ask: ({ shell }, { application, impact }) => {
    const { admin } = shell.messages;
    const texts = admin.application;
    return {
      name: texts.revokeAll,
      title: <Sentence parts={texts.revokeTitle(application.name)} />,
      effects: texts.revokeEffects(impact.users),
      submit: texts.revokeAll,
      danger: true,
      typed: { label: admin.typed, hint: application.clientId },
    };
  },
  perform: async (request, { clientId }) => {
    if (request.form.get('typed')?.trim() !== clientId) {
      return { field: 'typed', wrong: request.shell.messages.admin.mismatch };
    }
    await revokeAll(deskOf(request), clientId);
    return { done: 'revoked' };
  },
});

export const policyPage: Page = actPage({
  path: 'policy/',
  ask: ({ shell, form }, { application }) => {
    const texts = shell.messages.admin.application;
    const { accessTokenSeconds, refreshPolicy, resourceServer } = application;
    return {
      name: texts.policyTitle,
      title: texts.policyTitle,
      effects: texts.policyEffects,
      submit: texts.save,
      children: (
        <>
          <Field
            name="seconds"
            label={texts.tokenSeconds}
            hint={texts.tokenSecondsHint}
            value={form.get('seconds') ?? (accessTokenSeconds === null ? '' : String(accessTokenSeconds))}
            inputmode="numeric"
            autocomplete="off"
          />
          <Select
            name="refresh"
            label={texts.refreshPolicy}
            value={refreshPolicy}
            options={(['stable', 'rotate'] as const).map((value) => ({ value, text: texts.refreshPolicies[value] }))}
          />
          <Select
            name="introspection"
            label={texts.resourceServer}
            value={resourceServer ? 'yes' : 'no'}
            options={(['no', 'yes'] as const).map((value) => ({ value, text: texts.resourceServers[value] }))}
          />
        </>
      ),
    };
  },
  perform: async (request, { clientId, refreshPolicy }) => {
    const { form, shell } = request;
    const typed = form.get('seconds')?.trim() ?? '';
    const seconds = typed === '' ? null : Number(typed);
    if (seconds !== null && !(/^[0-9]{1,8}$/.test(typed) && seconds >= 60 && seconds <= 31_536_000)) {
      return { field: 'seconds', wrong: shell.messages.admin.application.badSeconds };
    }
    await setPolicy(deskOf(request), clientId, {
      accessTokenSeconds: seconds,
      refreshPolicy: oneOf(form.get('refresh'), ['stable', 'rotate']) ?? refreshPolicy,
      resourceServer: form.get('introspection') === 'yes',
    });
    return { done: 'policy' };
  },
});

export const appointPage: Page = actPage({
  path: 'appoint/',
  ask: ({ shell, form }) => {
    const texts = shell.messages.admin.application;
    return {
      name: texts.appointTitle,
      title: texts.appointTitle,
      effects: texts.appointEffects,
      submit: texts.appoint,
      children: (
        <Field name="email" label={texts.email} type="email" value={form.get('email') ?? ''} autocomplete="off" />
      ),
    };
  },
  perform: async (request, application) => {
    const { form, services, shell } = request;
    const user = await services.store.users.findByEmail(normaliseEmail(form.get('email') ?? '') ?? '');
    if (user === undefined) return { field: 'email', wrong: shell.messages.admin.application.noAccount };
    await appoint(deskOf(request), application, user);
    return { done: 'appointed' };
  },
});

export const adminRetireSecretPage: Page = actPage({
  path: 'secrets/:secret/',
  ask: ({ shell }) => {
    const texts = shell.messages.developer.secrets;
    return {
      name: texts.retire,
      title: texts.retire,
      effects: texts.retireEffects,
      submit: texts.retire,
      danger: true,
      children: (
        <Select
          name="when"
          label={texts.when}
          value="now"
          options={retirements.map((value) => ({ value, text: texts.whens[value] }))}
        />
      ),
    };
  },
  perform: async (request, { clientId }) => {
    const when = oneOf(request.form.get('when'), retirements) ?? 'now';
    const outcome = await retireSecret(deskOf(request), clientId, request.segments.secret ?? '', when);
    if (outcome === 'unknown') throw new Problem(404, 'not_found', 'This secret does not work any more');
    return { done: 'retired' };
  },
});
