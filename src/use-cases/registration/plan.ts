import { normaliseEmail } from '../../accounts/email.ts';
import { type AnswerProblem, checkAnswers } from '../../applications/registration/answers.ts';
import type { NextState } from '../../applications/registration/steps.ts';
import type { AuditAction } from '../../audit/actions.ts';
import type { MailContent } from '../../mail/template.tsx';
import type { NewMessage, QueuedRegistration, RegistrationAnswers, StepEffect } from '../../ports/store/index.ts';
import { authorOf, type UseCaseContext } from '../context.ts';

/** The input of an action. It has no store: actions are decided without reading or writing. */
export interface StepContext {
  readonly context: Omit<UseCaseContext, 'store'>;
  readonly registration: QueuedRegistration;
  readonly next: NextState;
}

/** What an action writes beside the change of state. */
export interface Plan {
  readonly event: AuditAction;
  /** The new form; absent: unchanged. */
  readonly answers?: RegistrationAnswers;
  readonly messages: readonly NewMessage[];
  readonly mails: readonly AddressedMail[];
  readonly effect: StepEffect;
}

/** An email to the owner of the registration, or to all administrators. */
export interface AddressedMail {
  readonly to: 'owner' | 'administrators';
  readonly content: MailContent;
}

export const noEffect: StepEffect = { kind: 'none' };

type Side = NewMessage['side'];

/** The message about a change of state, or a plain message if the state stays the same. */
export function stepMessage(step: StepContext, side: Side, text: string): NewMessage {
  const { registration, next } = step;
  if (next.state === registration.state) return messageOf(step, side, { kind: 'message', text });
  return messageOf(step, side, { kind: 'step', text, state: next.state });
}

/** A message by the user who acts. */
export function messageOf(
  { context }: StepContext,
  side: Side,
  content: Pick<NewMessage, 'kind' | 'text'> & Partial<Pick<NewMessage, 'field' | 'state'>>,
): NewMessage {
  return { authorId: authorOf(context), side, field: null, state: null, ...content };
}

/** The page of the registration for its owner. */
export function portalPage({ context, registration }: StepContext): string {
  return `${context.publicUrl}/developer/registrations/${registration.id}/`;
}

/** The page of the registration for the administrators. */
export function consolePage({ context, registration }: StepContext): string {
  return `${context.publicUrl}/admin/registrations/${registration.id}/`;
}

/** The problems of a form, field by field; empty: it can be submitted. */
export function answerProblems(answers: RegistrationAnswers): readonly AnswerProblem[] {
  return checkAnswers(answers, (text) => normaliseEmail(text) !== null);
}
