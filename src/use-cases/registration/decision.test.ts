import { describe, expect, it } from 'vitest';
import {
  answers,
  messageFrom,
  planFor,
  plannedFor,
  portalPage,
  registrationIn,
} from '../../../test/support/site/registration-plans.ts';

const approval = { id: 'r1', action: 'approve', text: '' } as const;
const rejection = { id: 'r1', action: 'decline', text: 'Too vague' } as const;
const undecidable = ['draft', 'approved', 'declined', 'withdrawn'] as const;

describe('approving a registration', () => {
  it.each(['submitted', 'information_requested'] as const)(
    'creates the application that the form describes: %s',
    async (state) => {
      expect(await plannedFor(registrationIn(state), approval)).toEqual({
        next: { state: 'approved', queued: false },
        event: 'registration.approved',
        messages: [messageFrom('staff', { kind: 'step', state: 'approved' })],
        mails: [{ to: 'owner', subject: 'Peak Planner is approved', page: portalPage }],
        effect: {
          kind: 'create_application',
          application: expect.objectContaining({
            name: 'Peak Planner',
            ownerName: 'Peak Analytics',
            website: 'https://peak.example',
            grantType: 'authorization_code',
            redirectUris: ['https://ams.example/callback/'],
            confidential: true,
            sandboxUserId: null,
            secret: null,
          }),
        },
      });
    },
  );

  it('creates a public client for an app on a device', async () => {
    const registration = registrationIn('submitted', { answers: { ...answers, kind: 'device' } });
    expect(await plannedFor(registration, approval)).toMatchObject({
      effect: { application: { confidential: false } },
    });
  });

  it('sends the text of the administrator to the owner', async () => {
    expect(await plannedFor(registrationIn('submitted'), { ...approval, text: 'Welcome' })).toMatchObject({
      messages: [{ kind: 'step', text: 'Welcome' }],
      mails: [{ quote: 'Welcome' }],
    });
  });

  it('is refused for a form that describes no application', async () => {
    const registration = registrationIn('submitted', { answers: { ...answers, callbacks: 'http://peak.example/' } });
    expect(await planFor(registration, approval)).toMatchObject({
      outcome: 'bad_answers',
      problems: [{ field: 'callbacks', code: 'callback' }],
    });
  });

  it.each(undecidable)('is refused in a state without an open decision: %s', async (state) => {
    expect(await planFor(registrationIn(state), approval)).toEqual({ outcome: 'not_now' });
  });
});

describe('declining a registration', () => {
  it('sends the reason to the owner, and suspends the sandbox', async () => {
    expect(await plannedFor(registrationIn('submitted'), rejection)).toEqual({
      next: { state: 'declined', queued: false },
      event: 'registration.declined',
      messages: [messageFrom('staff', { kind: 'step', text: 'Too vague', state: 'declined' })],
      mails: [{ to: 'owner', subject: 'Peak Planner is not approved', quote: 'Too vague', page: portalPage }],
      effect: { kind: 'suspend_sandbox' },
    });
  });

  it.each(undecidable)('is refused in a state without an open decision: %s', async (state) => {
    expect(await planFor(registrationIn(state), rejection)).toEqual({ outcome: 'not_now' });
  });
});
