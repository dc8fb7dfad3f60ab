import { mailTemplates } from '../../mail/templates.ts';
import { sandboxFor } from '../sandbox.ts';
import { answerProblems, consolePage, noEffect, type Plan, portalPage, type StepContext, stepMessage } from './plan.ts';
import type { Reply, StepError, Submit, Withdraw } from './request.ts';

/** Submits a complete form to the queue, and creates its sandbox. */
export async function submit(step: StepContext, { hashPassword }: Submit): Promise<Plan | StepError> {
  const { context, registration } = step;
  const { answers } = registration;
  const problems = answerProblems(answers);
  if (problems.length > 0) return { outcome: 'bad_answers', problems };
  const toAdministrators = mailTemplates.registrationSubmitted(
    answers.productName,
    answers.organisation,
    consolePage(step),
  );
  return {
    event: 'registration.submitted',
    messages: [stepMessage(step, 'owner', '')],
    mails: [
      { to: 'administrators', content: toAdministrators },
      { to: 'owner', content: mailTemplates.registrationReceived(answers.productName, portalPage(step)) },
    ],
    effect: { kind: 'create_sandbox', sandbox: await sandboxFor(context, answers, hashPassword) },
  };
}

/** Replies to the administrators, and changes the form if there are `answers`. An approved form can't be changed. */
export function reply(step: StepContext, { text, answers }: Reply): Plan | StepError {
  const { registration } = step;
  const problems = answers === undefined ? [] : answerProblems(answers);
  if (problems.length > 0) return { outcome: 'bad_answers', problems };
  const { productName } = answers ?? registration.answers;
  return {
    event: 'registration.answered',
    ...(answers && registration.state !== 'approved' && { answers }),
    messages: [stepMessage(step, 'owner', text)],
    mails: [
      { to: 'administrators', content: mailTemplates.registrationAnswered(productName, text, consolePage(step)) },
    ],
    effect: noEffect,
  };
}

/** Withdraws a registration. The administrators get an email, except for a draft, which they have not seen. */
export function withdraw(step: StepContext, { text }: Withdraw): Plan {
  const { state, answers } = step.registration;
  const content = mailTemplates.withdrawn(answers.productName, consolePage(step));
  return {
    event: 'registration.withdrawn',
    messages: [stepMessage(step, 'owner', text)],
    mails: state === 'draft' ? [] : [{ to: 'administrators', content }],
    effect: { kind: 'suspend_sandbox' },
  };
}
