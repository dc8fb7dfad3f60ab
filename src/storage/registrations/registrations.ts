import type { QueuedRegistration, RegistrationReader, Registrations } from '../../ports/store/index.ts';
import type { Engine } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import { messagesOf } from './registration-messages.ts';
import { listInState, positionOf, readOverview } from './registration-queue.ts';
import { type QueuedRow, queued, queuedFrom, registrationFrom } from './registration-rows.ts';
import { saveDraft, writeStep } from './registration-steps.ts';

export function registrations(engine: Engine): Registrations {
  return {
    saveDraft: (draft) => engine.transact(saveDraft, draft),
    step: (step) => engine.transact(writeStep, step),
    find: async (id, reader) => mapQueued(await findFor(engine, id, reader)),
    findByApplication: async (id) => mapQueued(await engine.first(byApplication, { id })),
    messages: (id, reader) => messagesOf(engine, id, reader),
    listOwn: async (ownerId) => (await engine.rows(ofOwner, { ownerId })).map(registrationFrom),
    list: (list) => listInState(engine, list),
    position: (registration) => positionOf(engine, registration),
    overview: () => readOverview(engine),
  };
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
