/** Registrations and the planned steps of the use case, for tests without a store. */
import { randomBytes } from 'node:crypto';
import { readAnswers } from '../../../src/applications/registration/answers.ts';
import type { NewMessage, QueuedRegistration, RegistrationState } from '../../../src/ports/store/index.ts';
import type { StepContext } from '../../../src/use-cases/registration/plan.ts';
import { type PlannedStep, planStep } from '../../../src/use-cases/registration/plan-step.ts';
import type { StepRequest } from '../../../src/use-cases/registration/request.ts';
import { validAnswers } from './registration.ts';

/** A valid form. */
export const answers = readAnswers((field) => validAnswers[field]);

/** The user who takes the step. */
const actorId = 7;

const context: StepContext['context'] = {
  random: { bytes: randomBytes, text: (count) => randomBytes(count).toString('base64url') },
  now: Date.UTC(2026, 4, 1),
  actor: { kind: 'user', id: actorId },
  publicUrl: 'https://insiders.example',
};

/** The pages of the registration that emails link to. */
export const portalPage = 'https://insiders.example/developer/registrations/r1/';
export const consolePage = 'https://insiders.example/admin/registrations/r1/';

/** A registration in a state. */
export function registrationIn(state: RegistrationState, change: Partial<QueuedRegistration> = {}): QueuedRegistration {
  return {
    id: 'r1',
    ownerId: 3,
    ownerEmail: 'owner@peak.example',
    state,
    answers,
    version: 4,
    createdAt: 0,
    updatedAt: 0,
    submittedAt: state === 'draft' ? null : 0,
    applicationId: null,
    sandboxId: null,
    ...change,
  };
}

/** The outcome of a step: a plan, or why it is refused. */
export function planFor(registration: QueuedRegistration, request: StepRequest) {
  return planStep(context, registration, request);
}

/** The plan of a step that is allowed, with the recipients and texts of its emails. @throws {Error} if it is refused */
export async function plannedFor(registration: QueuedRegistration, request: StepRequest) {
  const planned = await planFor(registration, request);
  if ('outcome' in planned) throw new Error(`Refused: ${JSON.stringify(planned)}`);
  return { ...planned, mails: planned.mails.map(summarise) };
}

function summarise({ to, content }: PlannedStep['mails'][number]) {
  const { subject, quote, action } = content;
  return { to, subject, ...(quote !== undefined && { quote }), page: action?.url };
}

/** A message of the user who takes the step. */
export function messageFrom(side: NewMessage['side'], change: Partial<NewMessage>): NewMessage {
  return { authorId: actorId, side, kind: 'message', field: null, text: '', state: null, ...change };
}

/** The effect of a step that changes nothing but the registration. */
export const none = { kind: 'none' } as const;
