import { may } from '../../../accounts/roles.ts';
import { answerFields } from '../../../applications/registration/answers.ts';
import type { Viewer } from '../../../http/guards/session.ts';
import { Problem } from '../../../http/problem.ts';
import type { QueuedRegistration } from '../../../ports/store/index.ts';
import type { StepOutcome } from '../../../use-cases/registration/request.ts';
import { stepRegistration } from '../../../use-cases/registrations.ts';
import type { FormPage, PageRequest, PageResponse } from '../../page.ts';
import { readChoice, readText } from '../../shared/read-value.ts';
import { stepStatus } from '../../shared/step-status.ts';
import { contextForUseCase } from '../../use-case-context.ts';
import { type ReviewProps, ReviewView } from './registration-view.tsx';

/** `/admin/registrations/{registration}/`: the form, the conversation, and the messages of the administrators. */
export const reviewRegistration: FormPage<Viewer> = {
  get: async (request) => showReview(request, await registrationOf(request)),
  post: respond,
};

/** @throws {Problem} 404 */
export async function registrationOf({ services, segments }: PageRequest<Viewer>): Promise<QueuedRegistration> {
  const found = await services.store.registrations.find(segments.registration ?? '', 'administrators');
  if (found === undefined) throw new Problem(404, 'not_found', 'There is no such registration');
  return found;
}

type Said = Pick<ReviewProps, 'problem' | 'typed'>;

export async function showReview(
  request: PageRequest<Viewer>,
  registration: QueuedRegistration,
  said: Said = {},
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
      {...said}
    />
  );
  return { kind: 'page', view, status };
}

async function respond(request: PageRequest<Viewer>): Promise<PageResponse> {
  const registration = await registrationOf(request);
  const { form } = request;
  const action = readChoice(form.get('act'), ['ask', 'message', 'note']) ?? 'message';
  const field = readChoice(form.get('field'), answerFields);
  const text = readText(request);
  const said = { id: registration.id, version: Number(form.get('version')), text };
  const step = action === 'ask' ? { ...said, action, field: field ?? null } : { ...said, action };
  const outcome = await stepRegistration(contextForUseCase(request), step);
  if (outcome.outcome === 'done') {
    const done = action === 'note' ? 'noted' : 'sent';
    return { kind: 'redirect', location: `/admin/registrations/${registration.id}/?done=${done}` };
  }
  return again(request, outcome, { action, field: field ?? '', text });
}

/** What was typed is shown again, beside what happened meanwhile. */
async function again(
  request: PageRequest<Viewer>,
  problem: StepOutcome,
  typed: NonNullable<ReviewProps['typed']>,
): Promise<PageResponse> {
  return showReview(request, await registrationOf(request), { problem, typed }, stepStatus(problem));
}
