import { sql } from 'kysely';
import type { ChangeRecord } from '../../ports/change-record.ts';
import type { Mail } from '../../ports/mail.ts';
import type { Mails } from '../../ports/store/index.ts';
import { appendEvent } from '../audit/audit.ts';
import type { Connection, Engine } from '../core/engine.ts';
import { cursorPageOf, memoizeByShape } from '../core/paging.ts';
import { type BindParams, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';
import { claimMails, recordDelivery } from './delivery.ts';
import { mailFrom } from './mail-rows.ts';

export function mails(engine: Engine): Mails {
  return {
    claim: (claim) => engine.transact(claimMails, claim),
    recordDelivery: (delivery) => engine.transact(recordDelivery, delivery),
    list: async ({ limit, after, state, to }) => {
      const args = {
        limit: limit + 1,
        before: Number(after ?? Number.MAX_SAFE_INTEGER),
        state: state ?? '',
        to: to ?? '',
      };
      const rows = await engine.rows(newestFirst({ state: state !== undefined, to: to !== undefined }), args);
      return cursorPageOf(rows.map(mailFrom), limit, ({ id }) => String(id));
    },
    find: async (id) => {
      const row = await engine.first(byId, { id });
      return row && mailFrom(row);
    },
    retry: (id, now, record) => engine.transact(retryMail, { id, now, record }),
    counts: async () => {
      const counts = { waiting: 0, sent: 0, failed: 0 };
      for (const { state, mails: count } of await engine.rows(byState, {})) counts[state] = count;
      return counts;
    },
  };
}

const newestFirst = memoizeByShape((shape: { readonly state: boolean; readonly to: boolean }) =>
  query((db, params: BindParams<{ limit: number; before: number; state: string; to: string }>) =>
    db
      .selectFrom('mails')
      .selectAll()
      .where('id', '<', params.before)
      .$if(shape.state, (rows) => rows.where(sql`state`, '=', params.state))
      .$if(shape.to, (rows) => rows.where('recipient', '=', params.to))
      .orderBy('id', 'desc')
      .limit(params.limit),
  ),
);

const byId = query((db, params: BindParams<{ id: number }>) =>
  db.selectFrom('mails').selectAll().where('id', '=', params.id),
);

const byState = query((db) =>
  db
    .selectFrom('mails')
    .select((row) => ['state', row.fn.countAll<number>().as('mails')])
    .groupBy('state'),
);

/** Adds mails to the queue (outbox), within the transaction of the change that they are about. */
export async function queueMails(db: Connection, mails: readonly Mail[], now: number): Promise<void> {
  for (const mail of mails) await db.rows(insert, { ...mail, now });
}

const insert = query((db, params: BindParams<Mail & { now: number }>) =>
  db.insertInto('mails').values({
    recipient: params.to,
    subject: params.subject,
    text: params.text,
    html: params.html,
    state: 'waiting',
    created_at: params.now,
    due_at: params.now,
    attempts: 0,
  }),
);

const makeDue = query((db, params: BindParams<{ id: number; now: number }>) =>
  db
    .updateTable('mails')
    .set({ state: 'waiting', due_at: params.now })
    .where('id', '=', params.id)
    .where('state', '<>', 'sent'),
);

const retryMail = transaction(
  'mails.retry',
  { recorded: true },
  async (
    db: Connection,
    retry: { readonly id: number; readonly now: number; readonly record: ChangeRecord },
  ): Promise<'changed' | 'unknown'> => {
    if ((await db.changed(makeDue, retry)) === 0) return 'unknown';
    await appendEvent(db, retry.record.event);
    return 'changed';
  },
);
