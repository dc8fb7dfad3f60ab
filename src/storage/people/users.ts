import type { Selectable } from 'kysely';
import type { NewUser, User, Users } from '../../ports/store/index.ts';
import { keepNote } from '../audit/change-record.ts';
import { fold } from '../core/case-folding.ts';
import type { Connection, Engine } from '../core/engine.ts';
import { type Given, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';
import type { UserRow } from '../schema/rows.ts';
import { searchUsers, sessionsOf, staffEmails } from './user-lists.ts';
import { changePassword, rehashPassword, resetPassword } from './user-passwords.ts';
import { endAuthorizationsOf, endSessionsOf } from './user-revocation.ts';
import { userFrom } from './user-rows.ts';
import { setDisabled, setStaffRole } from './user-status.ts';

export function users(engine: Engine): Users {
  return {
    create: (user) => engine.transact(registerUser, user),
    find: async (id) => mapUser(await engine.first(byId, { id })),
    findByEmail: async (email) => mapUser(await engine.first(byEmail, { email })),
    findCredentials: async (email) => {
      const row = await engine.first(byEmail, { email });
      return row && { user: userFrom(row), passwordHash: row.password_hash };
    },
    changePassword: (change) => engine.transact(changePassword, change),
    rehashPassword: (userId, oldHash, newHash) => engine.transact(rehashPassword, { userId, oldHash, newHash }),
    setDisabled: (userId, disabledAt, note) => engine.transact(setDisabled, { userId, disabledAt, note }),
    setStaffRole: (userId, role, note) => engine.transact(setStaffRole, { userId, role, note }),
    resetPassword: (reset) => engine.transact(resetPassword, reset),
    endSessions: (userId, note) => engine.transact(endSessionsOf, { userId, note }),
    endAuthorizations: (userId, now, note) => engine.transact(endAuthorizationsOf, { userId, now, note }),
    search: (asked) => searchUsers(engine, asked),
    staffEmails: (roles) => staffEmails(engine, roles),
    sessions: (userId, now) => sessionsOf(engine, userId, now),
    count: async () => (await engine.first(countAll, {}))?.users ?? 0,
  };
}

function mapUser(row: Selectable<UserRow> | undefined): User | undefined {
  return row && userFrom(row);
}

const byId = query((db, given: Given<{ id: number }>) => db.selectFrom('users').selectAll().where('id', '=', given.id));

const byEmail = query((db, given: Given<{ email: string }>) =>
  db.selectFrom('users').selectAll().where('email', '=', given.email),
);

const countAll = query((db) => db.selectFrom('users').select((eb) => eb.fn.countAll<number>().as('users')));

const insert = query((db, given: Given<NewUser & { searchText: string }>) =>
  db
    .insertInto('users')
    .values({
      email: given.email,
      password_hash: given.passwordHash,
      first_name: given.firstName,
      last_name: given.lastName,
      staff_role: given.staffRole,
      created_at: given.now,
      search_folded: given.searchText,
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returningAll(),
);

/** Adds a user as a part of a transaction, which keeps the audit entry itself. */
export async function createUser(db: Connection, user: NewUser): ReturnType<Users['create']> {
  const searchText = fold(`${user.firstName} ${user.lastName} ${user.email}`);
  const row = await db.first(insert, { ...user, searchText });
  return row === undefined ? { outcome: 'taken' } : { outcome: 'created', user: userFrom(row) };
}

type Registration = Parameters<Users['create']>[0];

const registerUser = transaction(
  'users.create',
  { recorded: true },
  async (db: Connection, { entry, ...user }: Registration): ReturnType<Users['create']> => {
    const created = await createUser(db, user);
    if (created.outcome === 'taken') return created;
    const { id } = created.user;
    const actor = entry.actor === 'self' ? ({ kind: 'user', id } as const) : entry.actor;
    await keepNote(db, { event: { ...entry, at: user.now, actor, subject: `user:${id}` } });
    return created;
  },
);
