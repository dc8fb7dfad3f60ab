import type { Kysely, Selectable } from 'kysely';
import type {
  QueuedRegistration,
  Registration,
  RegistrationReader,
  RegistrationState,
  Registrations,
} from '../../ports/store/index.ts';
import type { Engine } from '../core/engine.ts';
import { cursorPageOf } from '../core/paging.ts';
import { type BindParams, query } from '../core/query.ts';
import type { RegistrationRow } from '../schema/rows.ts';
import type { Schema } from '../schema/tables.ts';
import { messagesOf } from './registration-messages.ts';
import { saveDraft, writeStep } from './registration-steps.ts';

export function registrations(engine: Engine): Registrations {
  return {
    saveDraft: (draft) => engine.transact(saveDraft, draft),
    step: (step) => engine.transact(writeStep, step),
    find: async (id, reader) => mapQueued(await findFor(engine, id, reader)),
    findByApplication: async (id) => mapQueued(await engine.first(byApplication, { id })),
    messages: (id, reader) => messagesOf(engine, id, reader),
    listOwn: async (ownerId) => (await engine.rows(ofOwner, { ownerId })).map(registrationFrom),
    list: async ({ state, limit, after }) => {
      const [time, id] = after?.split(' ') ?? [];
      const args = { state, limit: limit + 1, time: Number(time ?? -1), id: id ?? '' };
      const rows = await engine.rows(oldestFirst, args);
      return cursorPageOf(rows.map(queuedFrom), limit, (row) => `${row.submittedAt} ${row.id}`);
    },
    position: async ({ id, submittedAt }) =>
      (await engine.first(countUpTo, { id, submittedAt: submittedAt ?? 0 }))?.registrations ?? 0,
    overview: async () => {
      const counts = { ...noRegistrations };
      for (const row of await engine.rows(byState, {})) counts[row.state] = row.registrations;
      const waiting = await engine.rows(waitingSince, {});
      return { counts, waitingSince: waiting.map((row) => row.submitted_at ?? 0) };
    },
  };
}

const noRegistrations: Record<RegistrationState, number> = {
  draft: 0,
  submitted: 0,
  information_requested: 0,
  approved: 0,
  declined: 0,
  withdrawn: 0,
};

function registrationFrom(row: Selectable<RegistrationRow>): Registration {
  return {
    id: row.id,
    ownerId: row.owner_id,
    state: row.state,
    answers: JSON.parse(row.answers),
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    submittedAt: row.submitted_at,
    applicationId: row.application_id,
    sandboxId: row.sandbox_id,
  };
}

type QueuedRow = Selectable<RegistrationRow> & { readonly email: string };

function queuedFrom(row: QueuedRow): QueuedRegistration {
  return { ...registrationFrom(row), ownerEmail: row.email };
}

function mapQueued(row: QueuedRow | undefined): QueuedRegistration | undefined {
  return row && queuedFrom(row);
}

function findFor(engine: Engine, id: string, reader: RegistrationReader) {
  if (reader === 'platform') return engine.first(byId, { id });
  return reader === 'administrators'
    ? engine.first(submittedById, { id })
    : engine.first(ownById, { id, ownerId: reader.ownerId });
}

function queued(db: Kysely<Schema>) {
  return db
    .selectFrom('registrations')
    .innerJoin('users', 'users.id', 'registrations.owner_id')
    .selectAll('registrations')
    .select('users.email');
}

const byId = query((db, params: BindParams<{ id: string }>) => queued(db).where('registrations.id', '=', params.id));

const submittedById = query((db, params: BindParams<{ id: string }>) =>
  queued(db).where('registrations.id', '=', params.id).where('registrations.state', '!=', 'draft'),
);

const ownById = query((db, params: BindParams<{ id: string; ownerId: number }>) =>
  queued(db)
    .where('registrations.id', '=', params.id)
    .where('registrations.state', '!=', 'draft')
    .where('registrations.owner_id', '=', params.ownerId),
);

const byApplication = query((db, params: BindParams<{ id: string }>) =>
  queued(db).where('registrations.application_id', '=', params.id),
);

const ofOwner = query((db, params: BindParams<{ ownerId: number }>) =>
  db
    .selectFrom('registrations')
    .selectAll()
    .where('owner_id', '=', params.ownerId)
    .orderBy('created_at', 'desc')
    .orderBy('id'),
);

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
