import { nextState, registrationRules } from '../../applications/registration/steps.ts';
import { checkText } from '../../applications/text.ts';
import type { QueuedRegistration } from '../../ports/store/index.ts';
import { reply, submit, withdraw } from './applicant.ts';
import { approve, decline } from './decision.ts';
import { addNote, ask, message } from './inquiry.ts';
import type { Plan, StepContext } from './plan.ts';
import type { StepError, StepRequest } from './request.ts';

/** Characters in one message. */
const maxMessageLength = 4000;

/** A step that is possible: its next state, and what it writes. */
export type PlannedStep = Plan & Pick<StepContext, 'next'>;

/** Decides what a step writes, or why it is refused. Neither reads the store nor writes to it. */
export async function planStep(
  context: StepContext['context'],
  registration: QueuedRegistration,
  request: StepRequest,
): Promise<PlannedStep | StepError> {
  const next = nextState(registration.state, request.action);
  if (next === undefined) return { outcome: 'not_now' };
  const error = textError(request);
  if (error !== undefined) return error;
  const plan = await planAction({ context, registration, next }, request);
  return 'outcome' in plan ? plan : { ...plan, next };
}

function textError(request: StepRequest): StepError | undefined {
  if (!('text' in request)) return undefined;
  if (request.text === '' && registrationRules[request.action].text === 'optional') return undefined;
  const code = checkText(request.text, maxMessageLength);
  return code && { outcome: 'bad_text', code };
}

async function planAction(step: StepContext, request: StepRequest): Promise<Plan | StepError> {
  switch (request.action) {
    case 'submit':
      return submit(step, request);
    case 'reply':
      return reply(step, request);
    case 'withdraw':
      return withdraw(step, request);
    case 'ask':
      return ask(step, request);
    case 'message':
      return message(step, request);
    case 'note':
      return addNote(step, request);
    case 'approve':
      return approve(step, request);
    case 'decline':
      return decline(step, request);
  }
}
