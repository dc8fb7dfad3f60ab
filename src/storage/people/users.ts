import type { Selectable } from 'kysely';
import type { NewUser, User, Users } from '../../ports/store/index.ts';
import { recordChange } from '../audit/change-record.ts';
import { foldCase } from '../core/case-folding.ts';
import type { Connection, Engine } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';
import type { UserRow } from '../schema/people.ts';
import { administratorEmails, searchUsers, sessionsOf } from './user-lists.ts';
import { rehashPassword, resetPassword, updatePasswordHash } from './user-passwords.ts';
import { deleteSessionsOf, revokeAuthorizationsOf } from './user-revocation.ts';
import { userFrom } from './user-rows.ts';
import { writeAdministratorRole, writeDisabled } from './user-status.ts';

export function users(engine: Engine): Users {
  return {
    create: (user) => engine.transact(registerUser, user),
    find: async (id) => mapUser(await engine.first(byId, { id })),
    findByEmail: async (email) => mapUser(await engine.first(byEmail, { email })),
    findCredentials: async (email) => {
      const row = await engine.first(byEmail, { email });
      return row && { user: userFrom(row), passwordHash: row.password_hash };
    },
    changePassword: (change) => engine.transact(updatePasswordHash, change),
    rehashPassword: (userId, oldHash, newHash) => engine.transact(rehashPassword, { userId, oldHash, newHash }),
    setDisabled: (userId, disabledAt, record) => engine.transact(writeDisabled, { userId, disabledAt, record }),
    setAdministratorRole: (userId, role, record) => engine.transact(writeAdministratorRole, { userId, role, record }),
    resetPassword: (reset) => engine.transact(resetPassword, reset),
    closeSessions: (userId, record) => engine.transact(deleteSessionsOf, { userId, record }),
    revokeAuthorizations: (userId, now, record) => engine.transact(revokeAuthorizationsOf, { userId, now, record }),
    search: (search) => searchUsers(engine, search),
    administratorEmails: (roles) => administratorEmails(engine, roles),
    sessions: (userId, now) => sessionsOf(engine, userId, now),
    count: async () => (await engine.first(countAll, {}))?.users ?? 0,
  };
}

function mapUser(row: Selectable<UserRow> | undefined): User | undefined {
  return row && userFrom(row);
}

const byId = query((db, params: BindParams<{ id: number }>) =>
  db.selectFrom('users').selectAll().where('id', '=', params.id),
);

const byEmail = query((db, params: BindParams<{ email: string }>) =>
  db.selectFrom('users').selectAll().where('email', '=', params.email),
);

const countAll = query((db) => db.selectFrom('users').select((eb) => eb.fn.countAll<number>().as('users')));

const insert = query((db, params: BindParams<NewUser & { searchText: string }>) =>
  db
    .insertInto('users')
    .values({
      email: params.email,
      password_hash: params.passwordHash,
      first_name: params.firstName,
      last_name: params.lastName,
      staff_role: params.administratorRole,
      created_at: params.now,
      search_folded: params.searchText,
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returningAll(),
);

/** Adds a user within a transaction, which stores the audit entry itself. */
export async function insertUser(db: Connection, user: NewUser): ReturnType<Users['create']> {
  const searchText = foldCase(`${user.firstName} ${user.lastName} ${user.email}`);
  const row = await db.first(insert, { ...user, searchText });
  return row === undefined ? { outcome: 'taken' } : { outcome: 'created', user: userFrom(row) };
}

type Registration = Parameters<Users['create']>[0];

const registerUser = transaction(
  'users.create',
  { recorded: true },
  async (db: Connection, { entry, ...user }: Registration): ReturnType<Users['create']> => {
    const created = await insertUser(db, user);
    if (created.outcome === 'taken') return created;
    const { id } = created.user;
    const actor = entry.actor === 'self' ? ({ kind: 'user', id } as const) : entry.actor;
    await recordChange(db, { event: { ...entry, at: user.now, actor, subject: `user:${id}` } });
    return created;
  },
);
