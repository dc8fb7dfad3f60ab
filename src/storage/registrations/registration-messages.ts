import type { Kysely } from 'kysely';
import type {
  AnswerField,
  NewMessage,
  RegistrationMessage,
  RegistrationReader,
  RegistrationState,
} from '../../ports/store/index.ts';
import type { Connection } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import type { Schema } from '../schema/tables.ts';

const allMessages = query((db, params: BindParams<{ registrationId: string }>) =>
  oldestFirst(db, 'any side').where('messages.registration_id', '=', params.registrationId),
);

const forAdministrators = query((db, params: BindParams<{ registrationId: string }>) =>
  oldestFirst(db, 'any side')
    .innerJoin('registrations', 'registrations.id', 'messages.registration_id')
    .where('messages.registration_id', '=', params.registrationId)
    .where('registrations.state', '!=', 'draft'),
);

const forOwner = query((db, params: BindParams<{ registrationId: string; ownerId: number }>) =>
  oldestFirst(db, 'owner')
    .innerJoin('registrations', 'registrations.id', 'messages.registration_id')
    .where('messages.registration_id', '=', params.registrationId)
    .where('registrations.state', '!=', 'draft')
    .where('registrations.owner_id', '=', params.ownerId)
    .where('messages.kind', '!=', 'note'),
);

/** `named`: the side whose authors are selected. Messages of the other side have `null` as their author. */
function oldestFirst(db: Kysely<Schema>, named: 'any side' | 'owner') {
  return db
    .selectFrom('registration_messages as messages')
    .leftJoin('users', (join) => {
      const author = join.onRef('users.id', '=', 'messages.author_id');
      return named === 'owner' ? author.on('messages.side', '=', 'owner') : author;
    })
    .select(['messages.id', 'messages.at', 'messages.side', 'messages.kind', 'messages.field', 'messages.text'])
    .select(['messages.state', 'users.id as author_id', 'users.first_name', 'users.last_name'])
    .orderBy('messages.id');
}

function rowsFor(db: Connection, registrationId: string, reader: RegistrationReader) {
  if (reader === 'platform') return db.rows(allMessages, { registrationId });
  return reader === 'administrators'
    ? db.rows(forAdministrators, { registrationId })
    : db.rows(forOwner, { registrationId, ownerId: reader.ownerId });
}

export async function messagesOf(
  db: Connection,
  registrationId: string,
  reader: RegistrationReader,
): Promise<readonly RegistrationMessage[]> {
  const rows = await rowsFor(db, registrationId, reader);
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    authorId: row.author_id,
    authorName: row.author_id === null ? null : `${row.first_name} ${row.last_name}`,
    side: row.side,
    kind: row.kind,
    field: row.field as AnswerField | null,
    text: row.text,
    state: row.state as RegistrationState | null,
  }));
}

const insert = query((db, params: BindParams<NewMessage & { registrationId: string; now: number }>) =>
  db.insertInto('registration_messages').values({
    registration_id: params.registrationId,
    at: params.now,
    author_id: params.authorId,
    side: params.side,
    kind: params.kind,
    field: params.field,
    text: params.text,
    state: params.state,
  }),
);

export async function addMessages(
  db: Connection,
  registrationId: string,
  messages: readonly NewMessage[],
  now: number,
): Promise<void> {
  for (const message of messages) await db.rows(insert, { ...message, registrationId, now });
}
