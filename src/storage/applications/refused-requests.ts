import { type Expression, type Kysely, type Selectable, sql } from 'kysely';
import type { RefusedRequest, RefusedRequestReader, RefusedRequests } from '../../ports/store/index.ts';
import type { Connection, Engine } from '../core/engine.ts';
import { cursorPageOf } from '../core/paging.ts';
import { type BindParams, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';
import type { RefusedRequestRow } from '../schema/applications.ts';
import type { Schema } from '../schema/tables.ts';

export function refusedRequests(engine: Engine): RefusedRequests {
  return {
    append: (requests, maxPerApplication) => engine.transact(appendRequests, { requests, maxPerApplication }),
    list: async ({ applicationId, limit, after }) => {
      const before = Number(after ?? Number.MAX_SAFE_INTEGER);
      const rows = await engine.rows(newestFirst, { applicationId, limit: limit + 1, before });
      const listed = cursorPageOf(rows, limit, ({ id }) => String(id));
      return { ...listed, rows: listed.rows.map(requestFrom) };
    },
    find: async (requestId, reader) => {
      const row = await findFor(engine, requestId, reader);
      return row && requestFrom(row);
    },
  };
}

function requestFrom(row: Selectable<RefusedRequestRow>): RefusedRequest {
  return {
    applicationId: row.application_id,
    at: row.at,
    requestId: row.request_id,
    endpoint: row.endpoint,
    status: row.status,
    error: row.error,
    cause: row.cause,
    expected: JSON.parse(row.expected),
    received: row.received,
  };
}

const newestFirst = query((db, params: BindParams<{ applicationId: string; limit: number; before: number }>) =>
  db
    .selectFrom('refusals')
    .selectAll()
    .where('application_id', '=', params.applicationId)
    .where('id', '<', params.before)
    .orderBy('id', 'desc')
    .limit(params.limit),
);

function findFor(engine: Engine, requestId: string, reader: RefusedRequestReader) {
  if (reader === 'administrators') return engine.first(byRequest, { requestId });
  return 'memberId' in reader
    ? engine.first(byRequestForMember, { requestId, ...reader })
    : engine.first(byRequestInApplication, { requestId, ...reader });
}

function firstOf(db: Kysely<Schema>, requestId: Expression<string>) {
  return db
    .selectFrom('refusals')
    .selectAll('refusals')
    .where('refusals.request_id', '=', requestId)
    .orderBy('refusals.id')
    .limit(sql.lit(1));
}

const byRequest = query((db, params: BindParams<{ requestId: string }>) => firstOf(db, params.requestId));

const byRequestInApplication = query((db, params: BindParams<{ requestId: string; applicationId: string }>) =>
  firstOf(db, params.requestId).where('refusals.application_id', '=', params.applicationId),
);

const byRequestForMember = query((db, params: BindParams<{ requestId: string; memberId: number }>) =>
  firstOf(db, params.requestId)
    .innerJoin('application_members as members', 'members.application_id', 'refusals.application_id')
    .where('members.user_id', '=', params.memberId),
);

type Row = Omit<RefusedRequest, 'expected'> & { readonly expected: string };

const columns = ['at', 'request_id', 'endpoint', 'status', 'error', 'cause', 'expected', 'received'] as const;

/** Selects the values from the application's row, so that a request of an unknown application inserts nothing. */
const insert = query((db, params: BindParams<Row>) => {
  const values = {
    at: params.at,
    request_id: params.requestId,
    endpoint: params.endpoint,
    status: params.status,
    error: params.error,
    cause: params.cause,
    expected: params.expected,
    received: params.received,
  };
  return db
    .insertInto('refusals')
    .columns(['application_id', ...columns])
    .expression((select) =>
      select
        .selectFrom('applications')
        .select('id')
        .select(columns.map((name) => sql`${values[name]}`.as(name)))
        .where('id', '=', params.applicationId),
    );
});

/** The newest row beyond the newest `maxPerApplication`. */
const surplus = query((db, params: BindParams<{ applicationId: string; maxPerApplication: number }>) =>
  db
    .selectFrom('refusals')
    .select('id')
    .where('application_id', '=', params.applicationId)
    .orderBy('id', 'desc')
    .limit(sql.lit(1))
    .offset(params.maxPerApplication),
);

const deleteUpTo = query((db, params: BindParams<{ applicationId: string; id: number }>) =>
  db.deleteFrom('refusals').where('application_id', '=', params.applicationId).where('id', '<=', params.id),
);

const appendRequests = transaction(
  'refusedRequests.append',
  { unrecorded: 'Refused requests have a list of their own' },
  async (
    db: Connection,
    {
      requests,
      maxPerApplication,
    }: { readonly requests: readonly RefusedRequest[]; readonly maxPerApplication: number },
  ): Promise<void> => {
    for (const request of requests) await db.rows(insert, { ...request, expected: JSON.stringify(request.expected) });
    // Sorted, so that parallel transactions wait for each other instead of deadlocking.
    for (const applicationId of [...new Set(requests.map((request) => request.applicationId))].sort()) {
      const last = await db.first(surplus, { applicationId, maxPerApplication });
      if (last !== undefined) await db.rows(deleteUpTo, { applicationId, id: last.id });
    }
  },
);
