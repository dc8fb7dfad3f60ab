import type { CursorPage, QueuedRegistration, RegistrationState, Registrations } from '../../ports/store/index.ts';
import type { Connection } from '../core/engine.ts';
import { cursorPageOf } from '../core/paging.ts';
import { type BindParams, query } from '../core/query.ts';
import { queued, queuedFrom } from './registration-rows.ts';

type List = Parameters<Registrations['list']>[0];

export async function listInState(
  db: Connection,
  { state, limit, after }: List,
): Promise<CursorPage<QueuedRegistration>> {
  const [time, id] = after?.split(' ') ?? [];
  const rows = await db.rows(oldestFirst, { state, limit: limit + 1, time: Number(time ?? -1), id: id ?? '' });
  return cursorPageOf(rows.map(queuedFrom), limit, (row) => `${row.submittedAt} ${row.id}`);
}

type Position = Parameters<Registrations['position']>[0];

export async function positionOf(db: Connection, { id, submittedAt }: Position): Promise<number> {
  return (await db.first(countUpTo, { id, submittedAt: submittedAt ?? 0 }))?.registrations ?? 0;
}

export async function readOverview(db: Connection): ReturnType<Registrations['overview']> {
  const counts = { ...noRegistrations };
  for (const row of await db.rows(byState, {})) counts[row.state] = row.registrations;
  const waiting = await db.rows(waitingSince, {});
  return { counts, waitingSince: waiting.map((row) => row.submitted_at ?? 0) };
}

const noRegistrations: Record<RegistrationState, number> = {
  draft: 0,
  submitted: 0,
  information_requested: 0,
  approved: 0,
  declined: 0,
  withdrawn: 0,
};

interface Page {
  readonly state: RegistrationState;
  readonly limit: number;
  readonly time: number;
  readonly id: string;
}

const oldestFirst = query((db, params: BindParams<Page>) =>
  queued(db)
    .where('registrations.state', '=', params.state)
    .where((row) =>
      row.or([
        row('registrations.submitted_at', '>', params.time),
        row.and([row('registrations.submitted_at', '=', params.time), row('registrations.id', '>', params.id)]),
      ]),
    )
    .orderBy('registrations.submitted_at')
    .orderBy('registrations.id')
    .limit(params.limit),
);

const countUpTo = query((db, params: BindParams<{ id: string; submittedAt: number }>) =>
  db
    .selectFrom('registrations')
    .select((row) => row.fn.countAll<number>().as('registrations'))
    .where('state', '=', 'submitted')
    .where((row) =>
      row.or([
        row('submitted_at', '<', params.submittedAt),
        row.and([row('submitted_at', '=', params.submittedAt), row('id', '<=', params.id)]),
      ]),
    ),
);

const byState = query((db) =>
  db
    .selectFrom('registrations')
    .select((row) => ['state', row.fn.countAll<number>().as('registrations')])
    .groupBy('state'),
);

const waitingSince = query((db) =>
  db
    .selectFrom('registrations')
    .select('submitted_at')
    .where('state', '=', 'submitted')
    .orderBy('submitted_at')
    .orderBy('id')
    .limit(1000),
);
