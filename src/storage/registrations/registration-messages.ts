import type { Kysely } from 'kysely';
import type {
  AnswerField,
  NewMessage,
  RegistrationMessage,
  RegistrationReader,
  RegistrationState,
} from '../../ports/store/index.ts';
import type { Connection } from '../core/engine.ts';
import { type Given, query } from '../core/query.ts';
import type { Schema } from '../schema/tables.ts';

const everything = query((db, given: Given<{ registrationId: string }>) =>
  oldestFirst(db, 'any side').where('messages.registration_id', '=', given.registrationId),
);

const forAdministrators = query((db, given: Given<{ registrationId: string }>) =>
  oldestFirst(db, 'any side')
    .innerJoin('registrations', 'registrations.id', 'messages.registration_id')
    .where('messages.registration_id', '=', given.registrationId)
    .where('registrations.state', '!=', 'draft'),
);

const forOwner = query((db, given: Given<{ registrationId: string; ownerId: number }>) =>
  oldestFirst(db, 'owner')
    .innerJoin('registrations', 'registrations.id', 'messages.registration_id')
    .where('messages.registration_id', '=', given.registrationId)
    .where('registrations.state', '!=', 'draft')
    .where('registrations.owner_id', '=', given.ownerId)
    .where('messages.kind', '!=', 'note'),
);

/** `named`: the side whose authors are selected; of the other side's messages the author is `null`. */
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
  if (reader === 'platform') return db.rows(everything, { registrationId });
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

const insert = query((db, given: Given<NewMessage & { registrationId: string; now: number }>) =>
  db.insertInto('registration_messages').values({
    registration_id: given.registrationId,
    at: given.now,
    author_id: given.authorId,
    side: given.side,
    kind: given.kind,
    field: given.field,
    text: given.text,
    state: given.state,
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
