import { letters } from '../../mail/templates.ts';
import type { AnswerField, NewMessage } from '../../ports/store/index.ts';
import { messageOf, noEffect, type Plan, portalPage, type StepContext, stepMessage } from './plan.ts';
import type { AddNote, Ask, Message } from './request.ts';

/** Asks about one answer, or about the whole form. */
export function ask(context: StepContext, { text, field }: Ask): Plan {
  const { answers } = context.registration;
  const letter = letters.informationRequested(answers.productName, text, portalPage(context));
  return {
    event: 'registration.information_requested',
    messages: field === null ? [stepMessage(context, 'staff', text)] : questionAbout(context, field, text),
    letters: [{ to: 'owner', letter }],
    effect: noEffect,
  };
}

/** The question is a message of its own: the one of a change of state is about no answer. */
function questionAbout(context: StepContext, field: AnswerField, text: string): readonly NewMessage[] {
  const question = messageOf(context, 'staff', { kind: 'question', field, text });
  const changesState = context.next.state !== context.registration.state;
  return changesState ? [question, stepMessage(context, 'staff', '')] : [question];
}

export function message(context: StepContext, { text }: Message): Plan {
  const { answers } = context.registration;
  const letter = letters.messageToApplicant(answers.productName, text, portalPage(context));
  return {
    event: 'registration.message_sent',
    messages: [stepMessage(context, 'staff', text)],
    letters: [{ to: 'owner', letter }],
    effect: noEffect,
  };
}

/** Keeps a note. Nobody gets an email about it. */
export function addNote(context: StepContext, { text }: AddNote): Plan {
  return {
    event: 'registration.note_added',
    messages: [messageOf(context, 'staff', { kind: 'note', text })],
    letters: [],
    effect: noEffect,
  };
}
