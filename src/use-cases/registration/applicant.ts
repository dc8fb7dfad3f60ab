import { letters } from '../../mail/templates.ts';
import { sandboxFor } from '../sandbox.ts';
import { answerProblems, consolePage, noEffect, type Plan, portalPage, type StepContext, stepMessage } from './plan.ts';
import type { Reply, StepRefusal, Submit, Withdraw } from './request.ts';

/** Puts a complete form into the queue, and creates its sandbox. */
export async function submit(context: StepContext, { hashPassword }: Submit): Promise<Plan | StepRefusal> {
  const { desk, registration } = context;
  const { answers } = registration;
  const problems = answerProblems(answers);
  if (problems.length > 0) return { outcome: 'bad_answers', problems };
  const toAdministrators = letters.registrationSubmitted(
    answers.productName,
    answers.organisation,
    consolePage(context),
  );
  return {
    event: 'registration.submitted',
    messages: [stepMessage(context, 'owner', '')],
    letters: [
      { to: 'administrators', letter: toAdministrators },
      { to: 'owner', letter: letters.registrationReceived(answers.productName, portalPage(context)) },
    ],
    effect: { kind: 'create_sandbox', sandbox: await sandboxFor(desk, answers, hashPassword) },
  };
}

/** Replies, and changes the form if it is given. The form of an approved registration stays as it was approved. */
export function reply(context: StepContext, { text, answers }: Reply): Plan | StepRefusal {
  const { registration } = context;
  const problems = answers === undefined ? [] : answerProblems(answers);
  if (problems.length > 0) return { outcome: 'bad_answers', problems };
  const { productName } = answers ?? registration.answers;
  return {
    event: 'registration.answered',
    ...(answers && registration.state !== 'approved' && { answers }),
    messages: [stepMessage(context, 'owner', text)],
    letters: [{ to: 'administrators', letter: letters.registrationAnswered(productName, text, consolePage(context)) }],
    effect: noEffect,
  };
}

/** Gives the registration up. Nobody has seen a draft, so nobody gets an email about it. */
export function withdraw(context: StepContext, { text }: Withdraw): Plan {
  const { state, answers } = context.registration;
  const letter = letters.withdrawn(answers.productName, consolePage(context));
  return {
    event: 'registration.withdrawn',
    messages: [stepMessage(context, 'owner', text)],
    letters: state === 'draft' ? [] : [{ to: 'administrators', letter }],
    effect: { kind: 'suspend_sandbox' },
  };
}
