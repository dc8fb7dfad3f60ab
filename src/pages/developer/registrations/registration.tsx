import type { Viewer } from '../../../http/guards/session.ts';
import { Problem } from '../../../http/problem.ts';
import type { QueuedRegistration } from '../../../ports/store/index.ts';
import { stepRegistration } from '../../../use-cases/registrations.ts';
import type { FormPage, PageRequest, PageResponse } from '../../page.ts';
import { ConfirmationView } from '../../shared/confirmation-view.tsx';
import { readText } from '../../shared/read-value.ts';
import { stepStatus } from '../../shared/step-status.ts';
import { NamedSentence } from '../../ui/text/isolated-text.tsx';
import { contextForUseCase } from '../../use-case-context.ts';
import { RegistrationView, type RegistrationViewProps } from './registration-view.tsx';

/** `/developer/registrations/{registration}/`: its status, and the messages about it. */
export const discussRegistration: FormPage<Viewer> = {
  get: async (request) => show(request, await ownRegistration(request)),
  post: reply,
};

/** The registration that the path names. @throws {Problem} 404 if the viewer is not its owner */
export async function ownRegistration({
  services,
  segments,
  viewer,
}: PageRequest<Viewer>): Promise<QueuedRegistration> {
  const found = await services.store.registrations.find(segments.registration ?? '', { ownerId: viewer.user.id });
  if (found === undefined) throw new Problem(404, 'not_found', 'There is no such registration of yours');
  return found;
}

type FormState = Pick<RegistrationViewProps, 'problem' | 'text'>;

async function show(
  request: PageRequest<Viewer>,
  registration: QueuedRegistration,
  formState: FormState = {},
  status = 200,
): Promise<PageResponse> {
  const { store, clock } = request.services;
  const { id, state, applicationId, sandboxId } = registration;
  const [messages, position, application, sandbox] = await Promise.all([
    store.registrations.messages(id, { ownerId: request.viewer.user.id }),
    state === 'submitted' ? store.registrations.position(registration) : null,
    applicationId === null ? undefined : store.applications.find(applicationId),
    sandboxId === null ? undefined : store.applications.find(sandboxId),
  ]);
  const notice = request.query.get('done');
  const view = (
    <RegistrationView
      context={request.context}
      registration={registration}
      messages={messages}
      position={position}
      now={clock.now()}
      clientId={application?.clientId ?? null}
      sandboxClientId={sandbox?.status === 'active' ? sandbox.clientId : null}
      {...(notice === 'received' || notice === 'replied' ? { notice } : {})}
      {...formState}
    />
  );
  return { kind: 'page', view, status };
}

async function reply(request: PageRequest<Viewer>): Promise<PageResponse> {
  const registration = await ownRegistration(request);
  const text = readText(request);
  const version = Number(request.form.get('version'));
  const outcome = await stepRegistration(contextForUseCase(request), {
    id: registration.id,
    version,
    action: 'reply',
    text,
  });
  if (outcome.outcome === 'done') {
    return { kind: 'redirect', location: `/developer/registrations/${registration.id}/?done=replied` };
  }
  return show(request, await ownRegistration(request), { problem: outcome, text }, stepStatus(outcome));
}

/** `/developer/registrations/{registration}/withdraw/` */
export const withdrawRegistration: FormPage<Viewer> = {
  get: async (request) => askToWithdraw(request, await ownRegistration(request)),
  post: async (request) => {
    const registration = await ownRegistration(request);
    const outcome = await stepRegistration(contextForUseCase(request), {
      id: registration.id,
      action: 'withdraw',
      text: '',
    });
    if (outcome.outcome === 'done')
      return { kind: 'redirect', location: `/developer/registrations/${registration.id}/` };
    return show(request, registration, { problem: outcome }, stepStatus(outcome));
  },
};

function askToWithdraw({ context }: PageRequest<Viewer>, { id, answers, state }: QueuedRegistration): PageResponse {
  const { registration } = context.messages.developer;
  const isPossible = state === 'submitted' || state === 'information_requested';
  const view = (
    <ConfirmationView
      context={context}
      name={registration.withdraw}
      title={<NamedSentence parts={registration.withdrawTitle(answers.productName)} />}
      effects={registration.withdrawEffects}
      submit={registration.withdraw}
      danger
      back={{ href: `/developer/registrations/${id}/`, text: registration.keep }}
      {...(isPossible ? {} : { obstacle: registration.notNow })}
    />
  );
  return { kind: 'page', view };
}
