import { type Selectable, sql } from 'kysely';
import type { Note } from '../../ports/change-record.ts';
import type { Mail } from '../../ports/mail.ts';
import type { MailState, Mails, QueuedMail } from '../../ports/store/index.ts';
import { appendEvent } from '../audit/audit.ts';
import type { Connection, Engine } from '../core/engine.ts';
import { listedBy, rememberByShape } from '../core/paging.ts';
import { type Given, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';
import type { MailRow } from '../schema/rows.ts';

export function mails(engine: Engine): Mails {
  return {
    claim: (claim) => engine.transact(claimMails, claim),
    settle: (settlement) => engine.transact(settleMail, settlement),
    list: async ({ limit, after, state, to }) => {
      const args = {
        limit: limit + 1,
        before: Number(after ?? Number.MAX_SAFE_INTEGER),
        state: state ?? '',
        to: to ?? '',
      };
      const rows = await engine.rows(newestFirst({ state: state !== undefined, to: to !== undefined }), args);
      return listedBy(rows.map(mailFrom), limit, ({ id }) => String(id));
    },
    find: async (id) => {
      const row = await engine.first(byId, { id });
      return row && mailFrom(row);
    },
    retry: (id, now, note) => engine.transact(retryMail, { id, now, note }),
    counts: async () => {
      const counts = { waiting: 0, sent: 0, failed: 0 };
      for (const { state, mails: count } of await engine.rows(byState, {})) counts[state] = count;
      return counts;
    },
  };
}

function mailFrom(row: Selectable<MailRow>): QueuedMail {
  return {
    id: row.id,
    to: row.recipient,
    subject: row.subject,
    text: row.text,
    html: row.html,
    state: row.state,
    createdAt: row.created_at,
    attempts: row.attempts,
    dueAt: row.due_at,
    sentAt: row.sent_at,
    lastError: row.last_error,
  };
}

const newestFirst = rememberByShape((shape: { readonly state: boolean; readonly to: boolean }) =>
  query((db, given: Given<{ limit: number; before: number; state: string; to: string }>) =>
    db
      .selectFrom('mails')
      .selectAll()
      .where('id', '<', given.before)
      .$if(shape.state, (rows) => rows.where(sql`state`, '=', given.state))
      .$if(shape.to, (rows) => rows.where('recipient', '=', given.to))
      .orderBy('id', 'desc')
      .limit(given.limit),
  ),
);

const byId = query((db, given: Given<{ id: number }>) => db.selectFrom('mails').selectAll().where('id', '=', given.id));

const byState = query((db) =>
  db
    .selectFrom('mails')
    .select((row) => ['state', row.fn.countAll<number>().as('mails')])
    .groupBy('state'),
);

/** Puts mails into the queue, within the transaction that they tell of. */
export async function queueMails(db: Connection, queued: readonly Mail[], now: number): Promise<void> {
  for (const mail of queued) await db.rows(insert, { ...mail, now });
}

const insert = query((db, given: Given<Mail & { now: number }>) =>
  db.insertInto('mails').values({
    recipient: given.to,
    subject: given.subject,
    text: given.text,
    html: given.html,
    state: 'waiting',
    created_at: given.now,
    due_at: given.now,
    attempts: 0,
  }),
);

interface Claim {
  readonly now: number;
  readonly leaseMs: number;
  readonly limit: number;
}

const due = query((db, given: Given<Claim>) =>
  db
    .selectFrom('mails')
    .select(['id', 'attempts'])
    .where('state', '=', 'waiting')
    .where('due_at', '<=', given.now)
    .orderBy('due_at')
    .orderBy('id')
    .limit(given.limit),
);

const take = query((db, given: Given<{ id: number; attempts: number; until: number }>) =>
  db
    .updateTable('mails')
    .set((row) => ({ attempts: row('attempts', '+', row.lit(1)), due_at: given.until }))
    .where('id', '=', given.id)
    .where('attempts', '=', given.attempts)
    .where('state', '=', 'waiting')
    .returningAll(),
);

const claimMails = transaction(
  'mails.claim',
  { unrecorded: 'Upkeep: the queue of emails' },
  async (db: Connection, claim: Claim): Promise<readonly QueuedMail[]> => {
    const claimed: QueuedMail[] = [];
    for (const found of await db.rows(due, claim)) {
      const row = await db.first(take, { ...found, until: claim.now + claim.leaseMs });
      if (row !== undefined) claimed.push(mailFrom(row));
    }
    return claimed;
  },
);

type Settlement = Parameters<Mails['settle']>[0];

interface Ending {
  readonly id: number;
  readonly attempts: number;
  readonly state: MailState;
  readonly dueAt: number;
  readonly sentAt: number | null;
  readonly error: string | null;
}

const end = query((db, given: Given<Ending>) =>
  db
    .updateTable('mails')
    .set({ state: given.state, due_at: given.dueAt, sent_at: given.sentAt, last_error: given.error })
    .where('id', '=', given.id)
    .where('attempts', '=', given.attempts)
    .where('state', '=', 'waiting'),
);

const settleMail = transaction(
  'mails.settle',
  { unrecorded: 'Upkeep: the queue of emails' },
  async (db: Connection, { id, attempts, outcome, now }: Settlement): Promise<'settled' | 'lost'> => {
    const ending = { id, attempts, ...endingOf(outcome, now) };
    return (await db.changed(end, ending)) === 0 ? 'lost' : 'settled';
  },
);

function endingOf(outcome: Settlement['outcome'], now: number): Omit<Ending, 'id' | 'attempts'> {
  switch (outcome.kind) {
    case 'sent':
      return { state: 'sent', dueAt: now, sentAt: now, error: null };
    case 'later':
      return { state: 'waiting', dueAt: outcome.dueAt, sentAt: null, error: outcome.error };
    case 'failed':
      return { state: 'failed', dueAt: now, sentAt: null, error: outcome.error };
  }
}

const makeDue = query((db, given: Given<{ id: number; now: number }>) =>
  db
    .updateTable('mails')
    .set({ state: 'waiting', due_at: given.now })
    .where('id', '=', given.id)
    .where('state', '<>', 'sent'),
);

const retryMail = transaction(
  'mails.retry',
  { recorded: true },
  async (
    db: Connection,
    retry: { readonly id: number; readonly now: number; readonly note: Note },
  ): Promise<'changed' | 'unknown'> => {
    if ((await db.changed(makeDue, retry)) === 0) return 'unknown';
    await appendEvent(db, retry.note.event);
    return 'changed';
  },
);
