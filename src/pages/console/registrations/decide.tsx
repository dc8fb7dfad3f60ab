import { actionsOf } from '../../../applications/registration/steps.ts';
import type { Viewer } from '../../../http/guards/session.ts';
import { stepRegistration } from '../../../use-cases/registrations.ts';
import { deskOf } from '../../desk.ts';
import { statusOf, textOf } from '../../developer/registrations/registration.tsx';
import type { Page, PageAnswer, PageRequest } from '../../page.ts';
import { ActView } from '../../shared/confirmation-view.tsx';
import { TextArea } from '../../ui/forms/text-area.tsx';
import { Sentence } from '../../ui/text/isolated-text.tsx';
import { consoleSection } from '../section.ts';
import { registrationOf, showReview } from './registration.tsx';

/** `/admin/registrations/{registration}/approve/` and `…/decline/`: says what follows, and decides. */
export const approvePage: Page = decisionPage('approve');
export const declinePage: Page = decisionPage('decline');

function decisionPage(action: 'approve' | 'decline'): Page {
  return {
    path: `/admin/registrations/:registration/${action}/`,
    guard: 'staff',
    power: 'administer',
    get: async (request) => ask(request, action),
    post: async (request) => decide(request, action),
  };
}

async function ask(request: PageRequest<Viewer>, action: 'approve' | 'decline', wrong?: string): Promise<PageAnswer> {
  const { id, version, answers, state } = await registrationOf(request);
  const { shell } = request;
  const { admin, developer } = shell.messages;
  const texts = admin.registration;
  const product = answers.productName;
  const grant = answers.grantType === '' ? '' : developer.grants[answers.grantType];
  const approves = action === 'approve';
  const view = (
    <ActView
      shell={shell}
      section={consoleSection(shell)}
      name={texts[action]}
      title={<Sentence parts={approves ? texts.approveTitle(product) : texts.declineTitle(product)} />}
      effects={approves ? texts.approveEffects(grant) : texts.declineEffects}
      submit={texts[action]}
      danger={!approves}
      back={{ href: `/admin/registrations/${id}/`, text: admin.back }}
      hidden={{ version }}
      errors={wrong === undefined ? [] : [{ field: 'text', text: wrong }]}
      {...(actionsOf('staff', state).includes(action) ? {} : { obstacle: texts.notNow })}
    >
      <TextArea
        name="text"
        label={approves ? texts.approveText : texts.declineText}
        errors={wrong === undefined ? [] : [wrong]}
        value={textOf(request)}
      />
    </ActView>
  );
  return { kind: 'page', view, status: wrong === undefined ? 200 : 400 };
}

async function decide(request: PageRequest<Viewer>, action: 'approve' | 'decline'): Promise<PageAnswer> {
  const registration = await registrationOf(request);
  const version = Number(request.form.get('version'));
  const step = { id: registration.id, version, action, text: textOf(request) };
  const outcome = await stepRegistration(deskOf(request), step);
  switch (outcome.outcome) {
    case 'done':
      return { kind: 'redirect', location: `/admin/registrations/${registration.id}/` };
    case 'bad_text':
      return ask(request, action, request.shell.messages.developer.registration.textProblems[outcome.code]);
    default:
      return showReview(request, await registrationOf(request), { problem: outcome }, statusOf(outcome));
  }
}
