import { mailTemplates } from '../../mail/templates.ts';
import type { AnswerField, NewMessage } from '../../ports/store/index.ts';
import { messageOf, noEffect, type Plan, portalPage, type StepContext, stepMessage } from './plan.ts';
import type { AddNote, Ask, Message } from './request.ts';

/** Asks the owner about one answer, or about the whole form. */
export function ask(step: StepContext, { text, field }: Ask): Plan {
  const { answers } = step.registration;
  const content = mailTemplates.informationRequested(answers.productName, text, portalPage(step));
  return {
    event: 'registration.information_requested',
    messages: field === null ? [stepMessage(step, 'staff', text)] : questionAbout(step, field, text),
    mails: [{ to: 'owner', content }],
    effect: noEffect,
  };
}

/** A question about an answer is a message of its own, because a message about a change of state has no `field`. */
function questionAbout(step: StepContext, field: AnswerField, text: string): readonly NewMessage[] {
  const question = messageOf(step, 'staff', { kind: 'question', field, text });
  const changesState = step.next.state !== step.registration.state;
  return changesState ? [question, stepMessage(step, 'staff', '')] : [question];
}

/** Sends a message to the owner, without a change of state. */
export function message(step: StepContext, { text }: Message): Plan {
  const { answers } = step.registration;
  const content = mailTemplates.messageToApplicant(answers.productName, text, portalPage(step));
  return {
    event: 'registration.message_sent',
    messages: [stepMessage(step, 'staff', text)],
    mails: [{ to: 'owner', content }],
    effect: noEffect,
  };
}

/** Stores a note that only administrators read. It sends no email. */
export function addNote(step: StepContext, { text }: AddNote): Plan {
  return {
    event: 'registration.note_added',
    messages: [messageOf(step, 'staff', { kind: 'note', text })],
    mails: [],
    effect: noEffect,
  };
}
