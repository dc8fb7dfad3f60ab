import { describe, expect, it } from 'vitest';
import {
  answers,
  consolePage,
  messageFrom,
  none,
  planFor,
  plannedFor,
  portalPage,
  registrationIn,
} from '../../../test/support/site/registration-plans.ts';
import type { Submit } from './request.ts';

const submission: Submit = { id: 'r1', action: 'submit', hashPassword: async (password) => `hash of ${password}` };
const emptyForm = { ...answers, purpose: '' };
const missingPurpose = { outcome: 'bad_answers', problems: [{ field: 'purpose', code: 'required' }] };

describe('submitting a registration', () => {
  it('puts it into the queue, creates a sandbox, and sends an email to both sides', async () => {
    const planned = await plannedFor(registrationIn('draft'), submission);
    expect(planned).toMatchObject({
      next: { state: 'submitted', queued: true },
      event: 'registration.submitted',
      messages: [messageFrom('owner', { kind: 'step', state: 'submitted' })],
      mails: [
        { to: 'administrators', subject: 'New registration: Peak Planner', page: consolePage },
        { to: 'owner', subject: 'We received your registration of Peak Planner', page: portalPage },
      ],
      effect: {
        kind: 'create_sandbox',
        sandbox: {
          application: { name: 'Peak Planner sandbox', secret: null },
          testUser: { passwordHash: expect.stringMatching(/^hash of ./) },
        },
      },
    });
    expect(planned).not.toHaveProperty('answers');
  });

  it('is refused while an answer is missing', async () => {
    expect(await planFor(registrationIn('draft', { answers: emptyForm }), submission)).toEqual(missingPurpose);
  });

  it('is refused the second time, because it is not a draft any more', async () => {
    expect(await planFor(registrationIn('submitted'), submission)).toEqual({ outcome: 'not_now' });
  });
});

describe('a reply', () => {
  const mail = { to: 'administrators', subject: 'Reply: Peak Planner', quote: 'Here it is', page: consolePage };

  it.each(['information_requested', 'declined'] as const)('puts it back into the queue: %s', async (state) => {
    expect(await plannedFor(registrationIn(state), { id: 'r1', action: 'reply', text: 'Here it is' })).toEqual({
      next: { state: 'submitted', queued: true },
      event: 'registration.answered',
      messages: [messageFrom('owner', { kind: 'step', text: 'Here it is', state: 'submitted' })],
      mails: [mail],
      effect: none,
    });
  });

  it.each(['submitted', 'approved'] as const)('is a plain message if the state stays the same: %s', async (state) => {
    expect(await plannedFor(registrationIn(state), { id: 'r1', action: 'reply', text: 'Here it is' })).toEqual({
      next: { state, queued: false },
      event: 'registration.answered',
      messages: [messageFrom('owner', { text: 'Here it is' })],
      mails: [mail],
      effect: none,
    });
  });

  it('changes the form, and the email has the new name; an approved form stays as it is', async () => {
    const changed = { ...answers, productName: 'Peak Coach' };
    const request = { id: 'r1', action: 'reply', text: 'Renamed', answers: changed } as const;
    expect(await plannedFor(registrationIn('submitted'), request)).toMatchObject({
      answers: changed,
      mails: [{ subject: 'Reply: Peak Coach' }],
    });
    expect(await plannedFor(registrationIn('approved'), request)).not.toHaveProperty('answers');
  });

  it('is refused with an incomplete form', async () => {
    const request = { id: 'r1', action: 'reply', text: 'Changed', answers: emptyForm } as const;
    expect(await planFor(registrationIn('submitted'), request)).toEqual(missingPurpose);
  });

  it.each(['draft', 'withdrawn'] as const)('is refused in a state that allows no reply: %s', async (state) => {
    const outcome = await planFor(registrationIn(state), { id: 'r1', action: 'reply', text: 'Hello' });
    expect(outcome).toEqual({ outcome: 'not_now' });
  });
});

describe('withdrawing a registration', () => {
  it('suspends the sandbox and sends an email to the administrators', async () => {
    expect(await plannedFor(registrationIn('submitted'), { id: 'r1', action: 'withdraw', text: '' })).toEqual({
      next: { state: 'withdrawn', queued: false },
      event: 'registration.withdrawn',
      messages: [messageFrom('owner', { kind: 'step', state: 'withdrawn' })],
      mails: [{ to: 'administrators', subject: 'Withdrawn: Peak Planner', page: consolePage }],
      effect: { kind: 'suspend_sandbox' },
    });
  });

  it('sends no email about a draft', async () => {
    const planned = await plannedFor(registrationIn('draft'), { id: 'r1', action: 'withdraw', text: 'Not yet' });
    expect(planned).toMatchObject({ messages: [{ text: 'Not yet', state: 'withdrawn' }], mails: [] });
  });

  it.each(['approved', 'declined', 'withdrawn'] as const)('is refused after the decision: %s', async (state) => {
    const outcome = await planFor(registrationIn(state), { id: 'r1', action: 'withdraw', text: '' });
    expect(outcome).toEqual({ outcome: 'not_now' });
  });
});
