import type { Kysely, Selectable } from 'kysely';
import type { QueuedRegistration, Registration } from '../../ports/store/index.ts';
import type { RegistrationRow } from '../schema/registrations.ts';
import type { Schema } from '../schema/tables.ts';

export function registrationFrom(row: Selectable<RegistrationRow>): Registration {
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

/** A registration with the email address of its owner. */
export type QueuedRow = Selectable<RegistrationRow> & { readonly email: string };

export function queuedFrom(row: QueuedRow): QueuedRegistration {
  return { ...registrationFrom(row), ownerEmail: row.email };
}

/** Selects the columns of {@link QueuedRow}. */
export function queued(db: Kysely<Schema>) {
  return db
    .selectFrom('registrations')
    .innerJoin('users', 'users.id', 'registrations.owner_id')
    .selectAll('registrations')
    .select('users.email');
}
