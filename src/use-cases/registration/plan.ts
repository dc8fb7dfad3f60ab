import { normaliseEmail } from '../../accounts/email.ts';
import { type AnswerProblem, checkAnswers } from '../../applications/registration/answers.ts';
import type { NextState } from '../../applications/registration/steps.ts';
import type { AuditAction } from '../../audit/actions.ts';
import type { Letter } from '../../mail/template.tsx';
import type { NewMessage, QueuedRegistration, RegistrationAnswers, StepEffect } from '../../ports/store/index.ts';
import { authorOf, type Desk } from '../context.ts';

/** What an action is decided on. Without the store: nothing is read or written here. */
export interface StepContext {
  readonly desk: Omit<Desk, 'store'>;
  readonly registration: QueuedRegistration;
  readonly next: NextState;
}

/** What an action does beside the change of state. */
export interface Plan {
  readonly event: AuditAction;
  /** Absent: they stay as they are. */
  readonly answers?: RegistrationAnswers;
  readonly messages: readonly NewMessage[];
  readonly letters: readonly AddressedLetter[];
  readonly effect: StepEffect;
}

export interface AddressedLetter {
  readonly to: 'owner' | 'administrators';
  readonly letter: Letter;
}

export const noEffect: StepEffect = { kind: 'none' };

type Side = NewMessage['side'];

/** The message that tells of a change of state; without a change it is a plain message. */
export function stepMessage(context: StepContext, side: Side, text: string): NewMessage {
  const { registration, next } = context;
  if (next.state === registration.state) return messageOf(context, side, { kind: 'message', text });
  return messageOf(context, side, { kind: 'step', text, state: next.state });
}

export function messageOf(
  { desk }: StepContext,
  side: Side,
  said: Pick<NewMessage, 'kind' | 'text'> & Partial<Pick<NewMessage, 'field' | 'state'>>,
): NewMessage {
  return { authorId: authorOf(desk), side, field: null, state: null, ...said };
}

/** The page of the registration for its owner. */
export function portalPage({ desk, registration }: StepContext): string {
  return `${desk.publicUrl}/developer/registrations/${registration.id}/`;
}

/** The page of the registration for the administrators. */
export function consolePage({ desk, registration }: StepContext): string {
  return `${desk.publicUrl}/admin/registrations/${registration.id}/`;
}

/** What is wrong with the answers of a form. */
export function answerProblems(answers: RegistrationAnswers): readonly AnswerProblem[] {
  return checkAnswers(answers, (text) => normaliseEmail(text) !== null);
}
