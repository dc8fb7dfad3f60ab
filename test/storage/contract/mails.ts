import { describe, expect, it } from 'vitest';
import type { Mails, QueuedMail, Store } from '../../../src/ports/store/index.ts';
import { never, newChangeRecord, once, readPages, timesStored } from './change-records.ts';
import { inParallel, minute, now, tally } from './fixtures.ts';
import type { Open } from './index.ts';

const mailTo = (to: string) => ({ to, subject: 'Grüezi', text: 'Hello\n', html: '<p>Hello</p>' });

/** Queues emails with a change at time `at`. */
async function queue(store: Store, at: number, ...recipients: readonly string[]): Promise<void> {
  const { event } = newChangeRecord(at);
  await store.users.closeSessions(0, { event, mails: recipients.map(mailTo) });
}

const recipientsOf = (mails: readonly QueuedMail[]) => mails.map(({ to }) => to);

const claim = { now, leaseMs: minute, limit: 10 };

const failure = { kind: 'failed', error: '550 no such user' } as const;

/** Claims the one email that is due. `report` stores the outcome of the attempt. */
async function claimOne(store: Store, at = now) {
  const [mail] = await store.mails.claim({ ...claim, now: at });
  const { id = 0, attempts = 0 } = mail ?? {};
  const report = (outcome: Parameters<Mails['recordDelivery']>[0]['outcome'], change = {}) =>
    store.mails.recordDelivery({ id, attempts, outcome, now: at + 1, ...change });
  return { id, attempts, report };
}

export function mailsContract(open: Open): void {
  describe('emails', () => {
    it('are queued by the change that they are about', async () => {
      const store = await open();
      expect(await store.mails.counts()).toEqual({ waiting: 0, sent: 0, failed: 0 });
      await queue(store, now, 'ada@example.org');
      const { rows } = await store.mails.list({ limit: 9 });
      const times = { createdAt: now, dueAt: now, sentAt: null };
      const state = { state: 'waiting', attempts: 0, lastError: null };
      const mail = { id: expect.any(Number), ...mailTo('ada@example.org'), ...times, ...state };
      expect(rows).toEqual([mail]);
      const id = rows[0]?.id ?? 0;
      expect(await store.mails.find(id)).toEqual(mail);
      expect(await store.mails.find(id + 1)).toBeUndefined();
      expect(await store.mails.counts()).toEqual({ waiting: 1, sent: 0, failed: 0 });
    });

    it('are claimed when they are due, oldest first, up to the limit, and not again until the lease ends', async () => {
      const store = await open();
      await queue(store, now + 1, 'late@example.org');
      await queue(store, now, 'a@example.org', 'b@example.org', 'c@example.org');
      expect(await store.mails.claim({ ...claim, now: now - 1 })).toEqual([]);
      const first = await store.mails.claim({ ...claim, limit: 2 });
      expect(recipientsOf(first)).toEqual(['a@example.org', 'b@example.org']);
      expect(first[0]).toEqual({ ...(await store.mails.find(first[0]?.id ?? 0)), attempts: 1, dueAt: now + minute });
      expect(recipientsOf(await store.mails.claim({ ...claim, now: now + 1 }))).toEqual([
        'c@example.org',
        'late@example.org',
      ]);
      expect(await store.mails.claim({ ...claim, now: now + minute - 1 })).toEqual([]);
      const again = await store.mails.claim({ ...claim, now: now + minute });
      expect(again.map(({ to, attempts }) => [to, attempts])).toEqual([
        ['a@example.org', 2],
        ['b@example.org', 2],
      ]);
    });

    it('are claimed by one of 10 parallel calls each, and none is left over', async () => {
      const store = await open();
      const recipients = Array.from({ length: 30 }, (_, index) => `${index}@example.org`);
      await queue(store, now, ...recipients);
      const claimed = (await inParallel(10, () => store.mails.claim({ ...claim, limit: 5 }))).flat();
      for (let more = await store.mails.claim(claim); more.length > 0; more = await store.mails.claim(claim)) {
        claimed.push(...more);
      }
      expect(recipientsOf(claimed).toSorted()).toEqual(recipients.toSorted());
      expect(claimed.map(({ attempts }) => attempts)).toEqual(Array(30).fill(1));
    });

    it('are sent once: other reports are lost', async () => {
      const store = await open();
      await queue(store, now, 'ada@example.org');
      const { id, attempts, report } = await claimOne(store);
      expect(await report({ kind: 'sent' }, { attempts: attempts + 1 })).toBe('lost');
      expect(await report({ kind: 'sent' }, { id: id + 1 })).toBe('lost');
      expect(tally(await inParallel(10, () => report({ kind: 'sent' })))).toEqual({ recorded: 1, lost: 9 });
      expect(await report(failure)).toBe('lost');
      expect(await store.mails.find(id)).toMatchObject({
        state: 'sent',
        sentAt: now + 1,
        attempts: 1,
        lastError: null,
      });
      expect(await store.mails.claim({ ...claim, now: now + 9 * minute })).toEqual([]);
      expect(await store.mails.counts()).toEqual({ waiting: 0, sent: 1, failed: 0 });
    });

    it('are tried again later, or fail', async () => {
      const store = await open();
      await queue(store, now, 'ada@example.org');
      const { id, report } = await claimOne(store);
      const later = { kind: 'later', dueAt: now + 5, error: 'timed out' } as const;
      expect(await report(later)).toBe('recorded');
      expect(await store.mails.find(id)).toMatchObject({ state: 'waiting', dueAt: now + 5, lastError: 'timed out' });
      expect(await store.mails.claim({ ...claim, now: now + 4 })).toEqual([]);
      const second = await claimOne(store, now + 5);
      expect(second).toMatchObject({ id, attempts: 2 });
      expect(await report({ kind: 'sent' })).toBe('lost');
      expect(await second.report(failure)).toBe('recorded');
      expect(await store.mails.find(id)).toMatchObject({ state: 'failed', sentAt: null, lastError: failure.error });
      expect(await store.mails.claim({ ...claim, now: now + 9 * minute })).toEqual([]);
      expect(await store.mails.counts()).toEqual({ waiting: 0, sent: 0, failed: 1 });
    });

    it('are due at once when they are retried, unless they were sent', async () => {
      const store = await open();
      await queue(store, now, 'ada@example.org');
      const first = await claimOne(store);
      await first.report(failure);
      const entry = () => ({ event: newChangeRecord().event });
      const [failed, waiting, refused] = [entry(), entry(), entry()];
      expect(await store.mails.retry(first.id, now + 2, failed)).toBe('changed');
      expect(await store.mails.find(first.id)).toMatchObject({ state: 'waiting', dueAt: now + 2, attempts: 1 });
      expect(await store.mails.retry(first.id, now + 1, waiting)).toBe('changed');
      const second = await claimOne(store, now + 1);
      expect(second).toMatchObject({ id: first.id, attempts: 2 });
      await second.report({ kind: 'sent' });
      expect(await store.mails.retry(first.id, now + 3, refused)).toBe('unknown');
      expect(await store.mails.retry(first.id + 1, now + 3, refused)).toBe('unknown');
      for (const record of [failed, waiting]) expect(await timesStored(store, record)).toEqual({ ...once, mails: 0 });
      expect(await timesStored(store, refused)).toEqual(never);
      expect(await store.mails.counts()).toEqual({ waiting: 0, sent: 1, failed: 0 });
    });

    it('are listed, newest first, by state and recipient, in pages of at most the limit', async () => {
      const store = await open();
      await queue(store, now, 'a@example.org', 'b@example.org', 'a@example.org', 'b@example.org');
      const [first, second] = await store.mails.claim({ ...claim, limit: 2 });
      for (const { id = 0 } of [first ?? {}, second ?? {}]) {
        await store.mails.recordDelivery({ id, attempts: 1, outcome: { kind: 'sent' }, now });
      }
      const pages = async (query: Omit<Parameters<Mails['list']>[0], 'after'>) => {
        const listed = await readPages((after) => store.mails.list({ ...query, ...after }));
        return listed.map((rows) => rows.map(({ id, to }) => `${to[0]}${id - (first?.id ?? 0)}`));
      };
      expect(await pages({ limit: 4 })).toEqual([['b3', 'a2', 'b1', 'a0']]);
      expect(await pages({ limit: 3 })).toEqual([['b3', 'a2', 'b1'], ['a0']]);
      expect(await pages({ limit: 1, to: 'a@example.org' })).toEqual([['a2'], ['a0']]);
      expect(await pages({ limit: 9, state: 'sent' })).toEqual([['b1', 'a0']]);
      expect(await pages({ limit: 9, state: 'waiting', to: 'b@example.org' })).toEqual([['b3']]);
      expect(await pages({ limit: 9, state: 'failed' })).toEqual([[]]);
      expect(await pages({ limit: 9, to: 'A@example.org' })).toEqual([[]]);
      expect(await store.mails.list({ limit: 9, after: 'x' })).toEqual({ rows: [], next: null });
    });
  });
}
