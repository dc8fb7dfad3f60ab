import { describe, expect, it } from 'vitest';
import {
  messageFrom,
  none,
  planFor,
  plannedFor,
  portalPage,
  registrationIn,
} from '../../../test/support/site/registration-plans.ts';
import type { Ask } from './request.ts';

const request: Ask = { id: 'r1', action: 'ask', text: 'Which one?', field: null };
const waiting = { state: 'information_requested', queued: false };

describe('a question of the administrators', () => {
  const expected = {
    next: waiting,
    event: 'registration.information_requested',
    mails: [{ to: 'owner', subject: 'Questions about Peak Planner', quote: 'Which one?', page: portalPage }],
    effect: none,
  };

  it('about the whole form is the text of the step', async () => {
    expect(await plannedFor(registrationIn('submitted'), request)).toEqual({
      ...expected,
      messages: [messageFrom('staff', { kind: 'step', text: 'Which one?', state: 'information_requested' })],
    });
  });

  it('about one answer is a message of its own, before the step', async () => {
    expect(await plannedFor(registrationIn('submitted'), { ...request, field: 'callbacks' })).toEqual({
      ...expected,
      messages: [
        messageFrom('staff', { kind: 'question', field: 'callbacks', text: 'Which one?' }),
        messageFrom('staff', { kind: 'step', state: 'information_requested' }),
      ],
    });
  });

  it('does not change the state the second time', async () => {
    const registration = registrationIn('information_requested');
    expect(await plannedFor(registration, request)).toEqual({
      ...expected,
      messages: [messageFrom('staff', { text: 'Which one?' })],
    });
    expect(await plannedFor(registration, { ...request, field: 'storage' })).toEqual({
      ...expected,
      messages: [messageFrom('staff', { kind: 'question', field: 'storage', text: 'Which one?' })],
    });
  });

  it.each(['draft', 'approved', 'declined', 'withdrawn'] as const)(
    'is refused in a state without an open decision: %s',
    async (state) => {
      expect(await planFor(registrationIn(state), request)).toEqual({ outcome: 'not_now' });
    },
  );
});

describe('a message of the administrators', () => {
  it.each(['submitted', 'information_requested', 'approved', 'declined'] as const)(
    'is sent to the owner and does not change the state: %s',
    async (state) => {
      expect(await plannedFor(registrationIn(state), { id: 'r1', action: 'message', text: 'Soon' })).toEqual({
        next: { state, queued: false },
        event: 'registration.message_sent',
        messages: [messageFrom('staff', { text: 'Soon' })],
        mails: [{ to: 'owner', subject: 'A message about Peak Planner', quote: 'Soon', page: portalPage }],
        effect: none,
      });
    },
  );

  it.each(['draft', 'withdrawn'] as const)(
    'is refused before the submission and after the withdrawal: %s',
    async (state) => {
      const outcome = await planFor(registrationIn(state), { id: 'r1', action: 'message', text: 'Soon' });
      expect(outcome).toEqual({ outcome: 'not_now' });
    },
  );
});

describe('a note', () => {
  it.each(['submitted', 'withdrawn'] as const)('is stored, and sends no email: %s', async (state) => {
    expect(await plannedFor(registrationIn(state), { id: 'r1', action: 'note', text: 'Known from 2024' })).toEqual({
      next: { state, queued: false },
      event: 'registration.note_added',
      messages: [messageFrom('staff', { kind: 'note', text: 'Known from 2024' })],
      mails: [],
      effect: none,
    });
  });

  it('is refused for a draft, which no administrator sees', async () => {
    const outcome = await planFor(registrationIn('draft'), { id: 'r1', action: 'note', text: 'Soon' });
    expect(outcome).toEqual({ outcome: 'not_now' });
  });
});
