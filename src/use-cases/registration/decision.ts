import { buildApplication } from '../../applications/new-application.ts';
import { callbacksOf } from '../../applications/registration/answers.ts';
import { mailTemplates } from '../../mail/templates.ts';
import type { NewApplication, RegistrationAnswers } from '../../ports/store/index.ts';
import { answerProblems, type Plan, portalPage, type StepContext, stepMessage } from './plan.ts';
import type { Approve, Decline, StepError } from './request.ts';

/** Approves a registration: creates the application as the form describes it. */
export function approve(step: StepContext, { text }: Approve): Plan | StepError {
  const { answers } = step.registration;
  const application = applicationFrom(step, answers);
  if (application === undefined) return { outcome: 'bad_answers', problems: answerProblems(answers) };
  return {
    event: 'registration.approved',
    messages: [stepMessage(step, 'staff', text)],
    mails: [{ to: 'owner', content: mailTemplates.approved(answers.productName, text, portalPage(step)) }],
    effect: { kind: 'create_application', application },
  };
}

/** The application has no secret: its owner creates one in the portal. `undefined`: the answers describe none. */
function applicationFrom({ context }: StepContext, answers: RegistrationAnswers): NewApplication | undefined {
  const request = {
    name: answers.productName,
    ownerName: answers.organisation,
    website: answers.website,
    grantType: answers.grantType,
    redirectUris: callbacksOf(answers),
    isPublic: answers.kind === 'device',
  };
  const design = buildApplication(request, context.random, context.now);
  return design.outcome === 'invalid' ? undefined : { ...design.application, secret: null };
}

/** Declines a registration, and suspends its sandbox. */
export function decline(step: StepContext, { text }: Decline): Plan {
  const { answers } = step.registration;
  return {
    event: 'registration.declined',
    messages: [stepMessage(step, 'staff', text)],
    mails: [{ to: 'owner', content: mailTemplates.declined(answers.productName, text, portalPage(step)) }],
    effect: { kind: 'suspend_sandbox' },
  };
}
