import type { MailState, Mails, QueuedMail } from '../../ports/store/index.ts';
import type { Connection } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';
import { mailFrom } from './mail-rows.ts';

interface Claim {
  readonly now: number;
  readonly leaseMs: number;
  readonly limit: number;
}

const due = query((db, params: BindParams<Claim>) =>
  db
    .selectFrom('mails')
    .select(['id', 'attempts'])
    .where('state', '=', 'waiting')
    .where('due_at', '<=', params.now)
    .orderBy('due_at')
    .orderBy('id')
    .limit(params.limit),
);

const claimOne = query((db, params: BindParams<{ id: number; attempts: number; until: number }>) =>
  db
    .updateTable('mails')
    .set((row) => ({ attempts: row('attempts', '+', row.lit(1)), due_at: params.until }))
    .where('id', '=', params.id)
    .where('attempts', '=', params.attempts)
    .where('state', '=', 'waiting')
    .returningAll(),
);

/** Claims mails that are due: sets their `due_at` to the end of the claim, and counts the attempt. */
export const claimMails = transaction(
  'mails.claim',
  { unrecorded: 'Upkeep: the queue of emails' },
  async (db: Connection, claim: Claim): Promise<readonly QueuedMail[]> => {
    const claimed: QueuedMail[] = [];
    for (const candidate of await db.rows(due, claim)) {
      const row = await db.first(claimOne, { ...candidate, until: claim.now + claim.leaseMs });
      if (row !== undefined) claimed.push(mailFrom(row));
    }
    return claimed;
  },
);

type Delivery = Parameters<Mails['recordDelivery']>[0];

/** The new values of a claimed mail; `id` and `attempts` identify the claim. */
interface MailUpdate {
  readonly id: number;
  readonly attempts: number;
  readonly state: MailState;
  readonly dueAt: number;
  readonly sentAt: number | null;
  readonly error: string | null;
}

const updateClaimed = query((db, params: BindParams<MailUpdate>) =>
  db
    .updateTable('mails')
    .set({ state: params.state, due_at: params.dueAt, sent_at: params.sentAt, last_error: params.error })
    .where('id', '=', params.id)
    .where('attempts', '=', params.attempts)
    .where('state', '=', 'waiting'),
);

/** Records the outcome of an attempt, unless the claim has expired and the mail was claimed again. */
export const recordDelivery = transaction(
  'mails.recordDelivery',
  { unrecorded: 'Upkeep: the queue of emails' },
  async (db: Connection, { id, attempts, outcome, now }: Delivery): Promise<'settled' | 'lost'> => {
    const update = { id, attempts, ...updateFor(outcome, now) };
    return (await db.changed(updateClaimed, update)) === 0 ? 'lost' : 'settled';
  },
);

function updateFor(outcome: Delivery['outcome'], now: number): Omit<MailUpdate, 'id' | 'attempts'> {
  switch (outcome.kind) {
    case 'sent':
      return { state: 'sent', dueAt: now, sentAt: now, error: null };
    case 'later':
      return { state: 'waiting', dueAt: outcome.dueAt, sentAt: null, error: outcome.error };
    case 'failed':
      return { state: 'failed', dueAt: now, sentAt: null, error: outcome.error };
  }
}
