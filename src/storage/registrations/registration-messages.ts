import type { AnswerField, NewMessage, RegistrationMessage, RegistrationState } from '../../ports/store/index.ts';
import type { Connection } from '../core/engine.ts';
import { type Given, query } from '../core/query.ts';

const oldestFirst = query((db, given: Given<{ registrationId: string }>) =>
  db
    .selectFrom('registration_messages as messages')
    .leftJoin('users', 'users.id', 'messages.author_id')
    .selectAll('messages')
    .select(['users.first_name', 'users.last_name'])
    .where('messages.registration_id', '=', given.registrationId)
    .orderBy('messages.id'),
);

export async function messagesOf(db: Connection, registrationId: string): Promise<readonly RegistrationMessage[]> {
  const rows = await db.rows(oldestFirst, { registrationId });
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
