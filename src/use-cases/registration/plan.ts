import { normaliseEmail } from '../../accounts/email.ts';
import { type AnswerProblem, checkAnswers } from '../../applications/registration/answers.ts';
import type { NextState } from '../../applications/registration/steps.ts';
import type { AuditAction } from '../../audit/actions.ts';
import type { MailContent } from '../../mail/template.tsx';
import type { NewMessage, QueuedRegistration, RegistrationAnswers, StepEffect } from '../../ports/store/index.ts';
import { authorOf, type UseCaseContext } from '../context.ts';

/** What an action is decided on. Without the store: nothing is read or written here. */
export interface StepContext {
  readonly context: Omit<UseCaseContext, 'store'>;
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
  readonly content: MailContent;
}

export const noEffect: StepEffect = { kind: 'none' };

type Side = NewMessage['side'];

/** The message that tells of a change of state; without a change it is a plain message. */
export function stepMessage(step: StepContext, side: Side, text: string): NewMessage {
  const { registration, next } = step;
  if (next.state === registration.state) return messageOf(step, side, { kind: 'message', text });
  return messageOf(step, side, { kind: 'step', text, state: next.state });
}

export function messageOf(
  { context }: StepContext,
  side: Side,
  said: Pick<NewMessage, 'kind' | 'text'> & Partial<Pick<NewMessage, 'field' | 'state'>>,
): NewMessage {
  return { authorId: authorOf(context), side, field: null, state: null, ...said };
}

/** The page of the registration for its owner. */
export function portalPage({ context, registration }: StepContext): string {
  return `${context.publicUrl}/developer/registrations/${registration.id}/`;
}

/** The page of the registration for the administrators. */
export function consolePage({ context, registration }: StepContext): string {
  return `${context.publicUrl}/admin/registrations/${registration.id}/`;
}

/** What is wrong with the answers of a form. */
export function answerProblems(answers: RegistrationAnswers): readonly AnswerProblem[] {
  return checkAnswers(answers, (text) => normaliseEmail(text) !== null);
}
