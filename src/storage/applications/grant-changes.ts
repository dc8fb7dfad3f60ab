import type { Selectable } from 'kysely';
import type { GrantChange, GrantChangeState, GrantChanges, InitialGrant } from '../../ports/store/index.ts';
import { recordChange } from '../audit/change-record.ts';
import type { Connection, Engine } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';
import type { GrantChangeRow } from '../schema/applications.ts';

export function grantChanges(engine: Engine): GrantChanges {
  return {
    list: async (applicationId) => (await engine.rows(ofApplication, { applicationId })).map(changeFrom),
    open: async () =>
      (await engine.rows(allOpen, {})).map((row) => ({
        ...changeFrom(row),
        clientId: row.client_id,
        applicationName: row.name,
      })),
    find: async (id) => {
      const row = await engine.first(byId, { id });
      return row && changeFrom(row);
    },
    request: (change) => engine.transact(requestGrantChange, change),
    updateState: (step) => engine.transact(moveGrantChange, step),
    due: async (now) => (await engine.rows(allDue, { now })).map(changeFrom),
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

const ofApplication = query((db, params: BindParams<{ applicationId: string }>) =>
  db
    .selectFrom('grant_changes')
    .selectAll()
    .where('application_id', '=', params.applicationId)
    .orderBy('created_at', 'desc')
    .orderBy('id'),
);

const allOpen = query((db) =>
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

const byId = query((db, params: BindParams<{ id: string }>) =>
  db.selectFrom('grant_changes').selectAll().where('id', '=', params.id),
);

const allDue = query((db, params: BindParams<{ now: number }>) =>
  db
    .selectFrom('grant_changes')
    .selectAll()
    .where('state', '=', 'scheduled')
    .where('due_at', '<=', params.now)
    .orderBy('due_at')
    .limit(100),
);

type Request = Parameters<GrantChanges['request']>[0];

const insert = query((db, params: BindParams<Omit<Request, 'record'>>) =>
  db
    .insertInto('grant_changes')
    .values({
      id: params.id,
      application_id: params.applicationId,
      from_type: params.from,
      to_type: params.to,
      reason: params.reason,
      state: params.state,
      created_at: params.createdAt,
      due_at: params.dueAt,
    })
    // A unique index allows one open change for each application.
    .onConflict((conflict) => conflict.doNothing()),
);

const requestGrantChange = transaction(
  'grantChanges.request',
  { recorded: true },
  async (db: Connection, request: Request): ReturnType<GrantChanges['request']> => {
    if ((await db.changed(insert, request)) === 0) return 'open';
    await recordChange(db, request.record);
    return 'requested';
  },
);

type Step = Parameters<GrantChanges['updateState']>[0];

interface Transition {
  readonly id: string;
  readonly from: GrantChangeState;
  readonly state: GrantChangeState;
  readonly dueAt: number | null;
  readonly doneAt: number | null;
}

const update = query((db, params: BindParams<Transition>) =>
  db
    .updateTable('grant_changes')
    .set((row) => ({
      state: params.state,
      due_at: row.fn.coalesce(params.dueAt, 'due_at'),
      done_at: row.fn.coalesce(params.doneAt, 'done_at'),
    }))
    .where('id', '=', params.id)
    .where('state', '=', params.from)
    .returning('application_id'),
);

/** Codes that were issued before `now` become invalid, also after the next switch. */
const switchType = query((db, params: BindParams<{ id: string; grantType: InitialGrant; now: number }>) =>
  db
    .updateTable('applications')
    .set({ grant_type: params.grantType, grant_type_since: params.now })
    .where('id', '=', params.id),
);

const moveGrantChange = transaction(
  'grantChanges.updateState',
  { recorded: true },
  async (db: Connection, step: Step): ReturnType<GrantChanges['updateState']> => {
    const { id, from, state, dueAt = null, switches, now, record } = step;
    const changed = await db.first(update, { id, from, state, dueAt, doneAt: state === 'done' ? now : null });
    if (changed === undefined) return 'lost';
    if (switches !== undefined) await db.rows(switchType, { id: changed.application_id, grantType: switches, now });
    await recordChange(db, record);
    return 'changed';
  },
);
