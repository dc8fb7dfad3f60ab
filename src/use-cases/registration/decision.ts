import { designApplication } from '../../applications/new-application.ts';
import { callbacksOf } from '../../applications/registration/answers.ts';
import { letters } from '../../mail/templates.ts';
import type { NewApplication, RegistrationAnswers } from '../../ports/store/index.ts';
import { answerProblems, type Plan, portalPage, type StepContext, stepMessage } from './plan.ts';
import type { Approve, Decline, StepRefusal } from './request.ts';

/** Creates the application as the form describes it. */
export function approve(context: StepContext, { text }: Approve): Plan | StepRefusal {
  const { answers } = context.registration;
  const application = applicationFrom(context, answers);
  if (application === undefined) return { outcome: 'bad_answers', problems: answerProblems(answers) };
  return {
    event: 'registration.approved',
    messages: [stepMessage(context, 'staff', text)],
    letters: [{ to: 'owner', letter: letters.approved(answers.productName, text, portalPage(context)) }],
    effect: { kind: 'create_application', application },
  };
}

/** Has no secret yet: its owner creates one in the portal. */
function applicationFrom({ desk }: StepContext, answers: RegistrationAnswers): NewApplication | undefined {
  const request = {
    name: answers.productName,
    ownerName: answers.organisation,
    website: answers.website,
    grantType: answers.grantType,
    redirectUris: callbacksOf(answers),
    isPublic: answers.kind === 'device',
  };
  const design = designApplication(request, desk.random, desk.now);
  return design.outcome === 'invalid' ? undefined : { ...design.application, secret: null };
}

export function decline(context: StepContext, { text }: Decline): Plan {
  const { answers } = context.registration;
  return {
    event: 'registration.declined',
    messages: [stepMessage(context, 'staff', text)],
    letters: [{ to: 'owner', letter: letters.declined(answers.productName, text, portalPage(context)) }],
    effect: { kind: 'suspend_sandbox' },
  };
}
