import { may } from '../../../accounts/roles.ts';
import { answerFields } from '../../../applications/registration/answers.ts';
import type { Viewer } from '../../../http/guards/session.ts';
import { Problem } from '../../../http/problem.ts';
import type { QueuedRegistration } from '../../../ports/store/index.ts';
import { stepRegistration } from '../../../use-cases/registrations.ts';
import type { FormPage, PageRequest, PageResponse } from '../../page.ts';
import { readChoice, readText } from '../../shared/read-value.ts';
import { stepStatus } from '../../shared/step-status.ts';
import { contextForUseCase } from '../../use-case-context.ts';
import { type ReviewProps, ReviewView } from './registration-view.tsx';

/** `/admin/registrations/{registration}/`: the answers and the messages; a POST sends a message or adds a note. */
export const reviewRegistration: FormPage<Viewer> = {
  get: async (request) => showReview(request, await registrationOrNotFound(request)),
  post: respond,
};

/** The registration that the path names. @throws {Problem} 404 */
export async function registrationOrNotFound({ services, segments }: PageRequest<Viewer>): Promise<QueuedRegistration> {
  const found = await services.store.registrations.find(segments.registration ?? '', 'administrators');
  if (found === undefined) throw new Problem(404, 'not_found', 'There is no such registration');
  return found;
}

type FormState = Pick<ReviewProps, 'problem' | 'entered'>;

export async function showReview(
  request: PageRequest<Viewer>,
  registration: QueuedRegistration,
  formState: FormState = {},
  status = 200,
): Promise<PageResponse> {
  const { store } = request.services;
  const { id, applicationId } = registration;
  const [messages, application] = await Promise.all([
    store.registrations.messages(id, 'administrators'),
    applicationId === null ? undefined : store.applications.find(applicationId),
  ]);
  const { administratorRole } = request.viewer.user;
  const view = (
    <ReviewView
      context={request.context}
      registration={registration}
      messages={messages}
      clientId={application?.clientId ?? null}
      mayAnswer={may(administratorRole, 'answer')}
      mayDecide={may(administratorRole, 'administer')}
      noticeName={request.query.get('done')}
      {...formState}
    />
  );
  return { kind: 'page', view, status };
}

async function respond(request: PageRequest<Viewer>): Promise<PageResponse> {
  const registration = await registrationOrNotFound(request);
  const { form } = request;
  const action = readChoice(form.get('act'), ['ask', 'message', 'note']) ?? 'message';
  const field = readChoice(form.get('field'), answerFields);
  const text = readText(request);
  const common = { id: registration.id, version: Number(form.get('version')), text };
  const step = action === 'ask' ? { ...common, action, field: field ?? null } : { ...common, action };
  const outcome = await stepRegistration(contextForUseCase(request), step);
  if (outcome.outcome === 'done') {
    const noticeName = action === 'note' ? 'noted' : 'sent';
    return { kind: 'redirect', location: `/admin/registrations/${registration.id}/?done=${noticeName}` };
  }
  const entered = { action, field: field ?? '', text };
  const current = await registrationOrNotFound(request);
  return showReview(request, current, { problem: outcome, entered }, stepStatus(outcome));
}
