import { describe, expect, it } from 'vitest';
import { MailRejected } from '../ports/mail.ts';
import type { Mails, QueuedMail } from '../ports/store/index.ts';
import { deliverMail, pauses } from './deliver-mail.ts';

type Outcome = Parameters<Mails['recordDelivery']>[0]['outcome'];

const now = 1000;
const clock = { now: () => now };

function queue(attempts: number) {
  const mail: QueuedMail = {
    id: 1,
    to: 'anna@club.example',
    subject: 'Hello',
    text: 'Hello',
    html: '<p>Hello</p>',
    state: 'waiting',
    createdAt: 0,
    attempts,
    dueAt: 0,
    sentAt: null,
    lastError: null,
  };
  const waiting = [mail];
  const outcomes: Outcome[] = [];
  const mails = {
    claim: async () => waiting.splice(0, 1),
    recordDelivery: async (delivery: { outcome: Outcome }) => {
      outcomes.push(delivery.outcome);
      return 'settled' as const;
    },
  };
  return { mails, outcomes };
}

describe('the delivery of mail', () => {
  it('records that a mail was sent', async () => {
    const { mails, outcomes } = queue(1);
    expect(await deliverMail(mails, clock, async () => {})).toBe(1);
    expect(outcomes).toEqual([{ kind: 'sent' }]);
  });

  it('tries again with growing pauses, and finally gives up', async () => {
    const fails = async () => {
      throw new Error('connect ECONNREFUSED\n127.0.0.1');
    };
    const seen = [];
    for (let attempts = 1; attempts <= pauses.length + 1; attempts += 1) {
      const { mails, outcomes } = queue(attempts);
      expect(await deliverMail(mails, clock, fails)).toBe(0);
      seen.push(...outcomes);
    }
    const error = 'connect ECONNREFUSED 127.0.0.1';
    expect(seen).toEqual([
      ...pauses.map((pause) => ({ kind: 'later', dueAt: now + pause, error })),
      { kind: 'failed', error },
    ]);
    expect([...pauses].sort((one, other) => one - other)).toEqual(pauses);
  });

  it('gives up at once when the server rejects the mail permanently', async () => {
    const { mails, outcomes } = queue(1);
    await deliverMail(mails, clock, async () => {
      throw new MailRejected('550 no such user');
    });
    expect(outcomes).toEqual([{ kind: 'failed', error: '550 no such user' }]);
  });
});
