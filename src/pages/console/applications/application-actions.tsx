import { normaliseEmail } from '../../../accounts/email.ts';
import type { Viewer } from '../../../http/guards/session.ts';
import { Problem } from '../../../http/problem.ts';
import type { Application, Impact } from '../../../ports/store/index.ts';
import { revokeAll, setPolicy, setStatus } from '../../../use-cases/applications.ts';
import { appoint } from '../../../use-cases/members.ts';
import { revocationTimes, revokeSecret } from '../../../use-cases/secrets.ts';
import type { FormPage, PageRequest, PageResponse } from '../../page.ts';
import { ConfirmationView, type ConfirmationViewProps } from '../../shared/confirmation-view.tsx';
import { readChoice, readText } from '../../shared/read-value.ts';
import { Field } from '../../ui/forms/field.tsx';
import { Select } from '../../ui/forms/select.tsx';
import { TextArea } from '../../ui/forms/text-area.tsx';
import { NamedSentence } from '../../ui/text/isolated-text.tsx';
import { contextForUseCase } from '../../use-case-context.ts';
import { adminPathOf, consoleSection } from '../section.ts';
import { applicationOrNotFound } from './application.tsx';

interface Act {
  readonly ask: (
    request: PageRequest<Viewer>,
    on: { readonly application: Application; readonly impact: Impact },
  ) => Omit<ConfirmationViewProps, 'context' | 'section' | 'back'>;
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
function actPage({ ask, perform }: Act): FormPage<Viewer> {
  const show = async (
    request: PageRequest<Viewer>,
    wrong?: { field: string; wrong: string },
  ): Promise<PageResponse> => {
    const application = await applicationOrNotFound(request);
    const impact = await request.services.store.applications.impact(application.id);
    const { context } = request;
    const view = (
      <ConfirmationView
        context={context}
        section={consoleSection(context)}
        back={{ href: adminPathOf(application.clientId), text: context.messages.admin.back }}
        errors={wrong === undefined ? [] : [{ field: wrong.field, text: wrong.wrong }]}
        {...ask(request, { application, impact })}
      />
    );
    return { kind: 'page', view, status: wrong === undefined ? 200 : 400 };
  };
  return {
    get: async (request) => show(request),
    post: async (request) => {
      const application = await applicationOrNotFound(request);
      const performed = await perform(request, application);
      if ('wrong' in performed) return show(request, performed);
      return { kind: 'redirect', location: adminPathOf(application.clientId, `?done=${performed.done}`) };
    },
  };
}

export const suspendApplication = actPage({
  ask: ({ context }, { application, impact }) => {
    const { admin } = context.messages;
    const texts = admin.application;
    return {
      name: texts.suspend,
      title: <NamedSentence parts={texts.suspendTitle(application.name)} />,
      effects: texts.suspendEffects(impact.users),
      submit: texts.suspend,
      danger: true,
      children: <TextArea name="reason" label={admin.reason} hint={admin.reasonHint} maxLength={2000} />,
    };
  },
  perform: async (request, { clientId }) => {
    await setStatus(
      contextForUseCase(request),
      clientId,
      'suspended',
      [...readText(request, 'reason')].slice(0, 2000).join(''),
    );
    return { done: 'suspended' };
  },
});

export const resumeApplication = actPage({
  ask: ({ context }, { application, impact }) => {
    const texts = context.messages.admin.application;
    return {
      name: texts.resume,
      title: <NamedSentence parts={texts.resumeTitle(application.name)} />,
      effects: texts.resumeEffects(impact.users),
      submit: texts.resume,
    };
  },
  perform: async (request, { clientId }) => {
    await setStatus(contextForUseCase(request), clientId, 'active');
    return { done: 'resumed' };
  },
});

export const revokeAllTokens = actPage({
  ask: ({ context }, { application, impact }) => {
    const { admin } = context.messages;
    const texts = admin.application;
    return {
      name: texts.revokeAll,
      title: <NamedSentence parts={texts.revokeTitle(application.name)} />,
      effects: texts.revokeEffects(impact.users),
      submit: texts.revokeAll,
      danger: true,
      typed: { label: admin.typed, hint: application.clientId },
    };
  },
  perform: async (request, { clientId }) => {
    if (request.form.get('typed')?.trim() !== clientId) {
      return { field: 'typed', wrong: request.context.messages.admin.mismatch };
    }
    await revokeAll(contextForUseCase(request), clientId);
    return { done: 'revoked' };
  },
});

export const editTokenPolicy = actPage({
  ask: ({ context, form }, { application }) => {
    const texts = context.messages.admin.application;
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
    const { form, context } = request;
    const typed = form.get('seconds')?.trim() ?? '';
    const seconds = typed === '' ? null : Number(typed);
    if (seconds !== null && !(/^[0-9]{1,8}$/.test(typed) && seconds >= 60 && seconds <= 31_536_000)) {
      return { field: 'seconds', wrong: context.messages.admin.application.badSeconds };
    }
    await setPolicy(contextForUseCase(request), clientId, {
      accessTokenSeconds: seconds,
      refreshPolicy: readChoice(form.get('refresh'), ['stable', 'rotate']) ?? refreshPolicy,
      resourceServer: form.get('introspection') === 'yes',
    });
    return { done: 'policy' };
  },
});

export const appointOwner = actPage({
  ask: ({ context, form }) => {
    const texts = context.messages.admin.application;
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
    const { form, services, context } = request;
    const user = await services.store.users.findByEmail(normaliseEmail(form.get('email') ?? '') ?? '');
    if (user === undefined) return { field: 'email', wrong: context.messages.admin.application.noAccount };
    await appoint(contextForUseCase(request), application, user);
    return { done: 'appointed' };
  },
});

export const revokeSecretOfApplication = actPage({
  ask: ({ context }) => {
    const texts = context.messages.developer.secrets;
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
          options={revocationTimes.map((value) => ({ value, text: texts.whens[value] }))}
        />
      ),
    };
  },
  perform: async (request, { clientId }) => {
    const when = readChoice(request.form.get('when'), revocationTimes) ?? 'now';
    const outcome = await revokeSecret(contextForUseCase(request), clientId, request.segments.secret ?? '', when);
    if (outcome === 'unknown') throw new Problem(404, 'not_found', 'This secret does not work any more');
    return { done: 'retired' };
  },
});
