import type { Selectable } from 'kysely';
import type { GrantChange, GrantChangeState, GrantChanges, InitialGrant } from '../../ports/store/index.ts';
import { keepNote } from '../audit/change-record.ts';
import type { Connection, Engine } from '../core/engine.ts';
import { type Given, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';
import type { GrantChangeRow } from '../schema/rows.ts';

export function grantChanges(engine: Engine): GrantChanges {
  return {
    list: async (applicationId) => (await engine.rows(ofApplication, { applicationId })).map(changeFrom),
    open: async () =>
      (await engine.rows(openOnes, {})).map((row) => ({
        ...changeFrom(row),
        clientId: row.client_id,
        applicationName: row.name,
      })),
    find: async (id) => {
      const row = await engine.first(byId, { id });
      return row && changeFrom(row);
    },
    request: (change) => engine.transact(requestGrantChange, change),
    settle: (settlement) => engine.transact(settleGrantChange, settlement),
    due: async (now) => (await engine.rows(dueOnes, { now })).map(changeFrom),
  };
}

function changeFrom(row: Selectable<GrantChangeRow>): GrantChange {
  return {
    id: row.id,
    applicationId: row.application_id,
    from: row.from_type,
    to: row.to_type,
    reason: row.reason,
    state: row.state,
    createdAt: row.created_at,
    dueAt: row.due_at,
    doneAt: row.done_at,
  };
}

const ofApplication = query((db, given: Given<{ applicationId: string }>) =>
  db
    .selectFrom('grant_changes')
    .selectAll()
    .where('application_id', '=', given.applicationId)
    .orderBy('created_at', 'desc')
    .orderBy('id'),
);

const openOnes = query((db) =>
  db
    .selectFrom('grant_changes as changes')
    .innerJoin('applications', 'applications.id', 'changes.application_id')
    .selectAll('changes')
    .select(['applications.client_id', 'applications.name'])
    .where('changes.state', 'in', ['requested', 'scheduled'])
    .orderBy('changes.created_at')
    .orderBy('changes.id')
    .limit(1000),
);

const byId = query((db, given: Given<{ id: string }>) =>
  db.selectFrom('grant_changes').selectAll().where('id', '=', given.id),
);

const dueOnes = query((db, given: Given<{ now: number }>) =>
  db
    .selectFrom('grant_changes')
    .selectAll()
    .where('state', '=', 'scheduled')
    .where('due_at', '<=', given.now)
    .orderBy('due_at')
    .limit(100),
);

type Request = Parameters<GrantChanges['request']>[0];

const insert = query((db, given: Given<Omit<Request, 'note'>>) =>
  db
    .insertInto('grant_changes')
    .values({
      id: given.id,
      application_id: given.applicationId,
      from_type: given.from,
      to_type: given.to,
      reason: given.reason,
      state: given.state,
      created_at: given.createdAt,
      due_at: given.dueAt,
    })
    // One of an application may be open at a time; an index says so.
    .onConflict((conflict) => conflict.doNothing()),
);

const requestGrantChange = transaction(
  'grantChanges.request',
  { recorded: true },
  async (db: Connection, request: Request): ReturnType<GrantChanges['request']> => {
    if ((await db.changed(insert, request)) === 0) return 'open';
    await keepNote(db, request.note);
    return 'requested';
  },
);

type Settlement = Parameters<GrantChanges['settle']>[0];

interface Update {
  readonly id: string;
  readonly from: GrantChangeState;
  readonly state: GrantChangeState;
  readonly dueAt: number | null;
  readonly doneAt: number | null;
}

const update = query((db, given: Given<Update>) =>
  db
    .updateTable('grant_changes')
    .set((row) => ({
      state: given.state,
      due_at: row.fn.coalesce(given.dueAt, 'due_at'),
      done_at: row.fn.coalesce(given.doneAt, 'done_at'),
    }))
    .where('id', '=', given.id)
    .where('state', '=', given.from)
    .returning('application_id'),
);

const switchType = query((db, given: Given<{ id: string; grantType: InitialGrant }>) =>
  db.updateTable('applications').set({ grant_type: given.grantType }).where('id', '=', given.id),
);

const settleGrantChange = transaction(
  'grantChanges.settle',
  { recorded: true },
  async (db: Connection, settlement: Settlement): ReturnType<GrantChanges['settle']> => {
    const { id, from, state, dueAt = null, switches, now, note } = settlement;
    const settled = await db.first(update, { id, from, state, dueAt, doneAt: state === 'done' ? now : null });
    if (settled === undefined) return 'lost';
    if (switches !== undefined) await db.rows(switchType, { id: settled.application_id, grantType: switches });
    await keepNote(db, note);
    return 'settled';
  },
);
