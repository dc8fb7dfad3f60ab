import { actionsOf } from '../../../applications/registration/steps.ts';
import type { Viewer } from '../../../http/guards/session.ts';
import { stepRegistration } from '../../../use-cases/registrations.ts';
import type { FormPage, PageRequest, PageResponse } from '../../page.ts';
import { ConfirmationView } from '../../shared/confirmation-view.tsx';
import { readText } from '../../shared/read-value.ts';
import { stepStatus } from '../../shared/step-status.ts';
import { TextArea } from '../../ui/forms/text-area.tsx';
import { NamedSentence } from '../../ui/text/isolated-text.tsx';
import { contextForUseCase } from '../../use-case-context.ts';
import { consoleSection } from '../section.ts';
import { registrationOrNotFound, showReview } from './registration.tsx';

/** `/admin/registrations/{registration}/approve/` and `…/decline/`: confirms the decision. */
export const approveRegistration = decisionPage('approve');
export const declineRegistration = decisionPage('decline');

function decisionPage(action: 'approve' | 'decline'): FormPage<Viewer> {
  return {
    get: async (request) => ask(request, action),
    post: async (request) => decide(request, action),
  };
}

async function ask(
  request: PageRequest<Viewer>,
  action: 'approve' | 'decline',
  problem?: string,
): Promise<PageResponse> {
  const { id, version, answers, state } = await registrationOrNotFound(request);
  const { context } = request;
  const { admin, developer } = context.messages;
  const texts = admin.registration;
  const product = answers.productName;
  const grant = answers.grantType === '' ? '' : developer.grants[answers.grantType];
  const approves = action === 'approve';
  const view = (
    <ConfirmationView
      context={context}
      section={consoleSection(context)}
      name={texts[action]}
      title={<NamedSentence parts={approves ? texts.approveTitle(product) : texts.declineTitle(product)} />}
      effects={approves ? texts.approveEffects(grant) : texts.declineEffects}
      submit={texts[action]}
      danger={!approves}
      back={{ href: `/admin/registrations/${id}/`, text: admin.back }}
      hidden={{ version }}
      errors={problem === undefined ? [] : [{ field: 'text', text: problem }]}
      {...(actionsOf('staff', state).includes(action) ? {} : { obstacle: texts.notNow })}
    >
      <TextArea
        name="text"
        label={approves ? texts.approveText : texts.declineText}
        errors={problem === undefined ? [] : [problem]}
        value={readText(request)}
      />
    </ConfirmationView>
  );
  return { kind: 'page', view, status: problem === undefined ? 200 : 400 };
}

async function decide(request: PageRequest<Viewer>, action: 'approve' | 'decline'): Promise<PageResponse> {
  const registration = await registrationOrNotFound(request);
  const version = Number(request.form.get('version'));
  const step = { id: registration.id, version, action, text: readText(request) };
  const outcome = await stepRegistration(contextForUseCase(request), step);
  switch (outcome.outcome) {
    case 'done':
      return { kind: 'redirect', location: `/admin/registrations/${registration.id}/` };
    case 'bad_text':
      return ask(request, action, request.context.messages.developer.registration.textProblems[outcome.code]);
    default:
      return showReview(request, await registrationOrNotFound(request), { problem: outcome }, stepStatus(outcome));
  }
}
