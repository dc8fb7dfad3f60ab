import type { Selectable } from 'kysely';
import type { Note } from '../ports/note.ts';
import type { NewUser, StaffRole, User, Users } from '../ports/store/index.ts';
import { type Connection, type Engine, withdraw } from './engine.ts';
import { fold } from './fold.ts';
import { keepNote } from './notes.ts';
import { type Given, query } from './query.ts';
import type { UserTable } from './schema.ts';
import { endAuthorizationsOf, endSessionsOf } from './user-endings.ts';
import { searchUsers, sessionsOf, staffEmails } from './user-lists.ts';

export function users(engine: Engine): Users {
  return {
    create: (user) => engine.act(createUser, user),
    find: async (id) => mapUser(await engine.first(byId, { id })),
    findByEmail: async (email) => mapUser(await engine.first(byEmail, { email })),
    findCredentials: async (email) => {
      const row = await engine.first(byEmail, { email });
      return row && { user: userFrom(row), passwordHash: row.password_hash };
    },
    changePassword: (change) => engine.act(changePassword, change),
    rehashPassword: (userId, oldHash, newHash) => engine.act(rehashPassword, { userId, oldHash, newHash }),
    setDisabled: (userId, disabledAt, note) => engine.act(setDisabled, { userId, disabledAt, note }),
    setStaffRole: (userId, role, note) => engine.act(setStaffRole, { userId, role, note }),
    resetPassword: (reset) => engine.act(resetPassword, reset),
    endSessions: (userId, note) => engine.act(endSessionsOf, { userId, note }),
    endAuthorizations: (userId, now, note) => engine.act(endAuthorizationsOf, { userId, now, note }),
    search: (asked) => searchUsers(engine, asked),
    staffEmails: (roles) => staffEmails(engine, roles),
    sessions: (userId, now) => sessionsOf(engine, userId, now),
    count: async () => (await engine.first(countAll, {}))?.users ?? 0,
  };
}

export function userFrom(row: Selectable<UserTable>): User {
  return {
    id: row.id,
    email: row.email,
    firstName: row.first_name,
    lastName: row.last_name,
    staffRole: row.staff_role,
    createdAt: row.created_at,
    disabledAt: row.disabled_at,
    passwordEpoch: row.password_epoch,
  };
}

function mapUser(row: Selectable<UserTable> | undefined): User | undefined {
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

export async function createUser(db: Connection, user: NewUser): ReturnType<Users['create']> {
  const searchText = fold(`${user.firstName} ${user.lastName} ${user.email}`);
  const row = await db.first(insert, { ...user, searchText });
  return row === undefined ? { outcome: 'taken' } : { outcome: 'created', user: userFrom(row) };
}

type PasswordChange = Parameters<Users['changePassword']>[0];

const updatePassword = query((db, given: Given<PasswordChange>) =>
  db
    .updateTable('users')
    .set((row) => ({ password_hash: given.passwordHash, password_epoch: row('password_epoch', '+', 1) }))
    .where('id', '=', given.userId)
    .where('password_epoch', '=', given.passwordEpoch)
    .returning('password_epoch'),
);

const renewSession = query((db, given: Given<{ keepSession: string; epoch: number }>) =>
  db.updateTable('sessions').set({ password_epoch: given.epoch }).where('id_hash', '=', given.keepSession),
);

const closeSessions = query((db, given: Given<{ userId: number; keepSession: string }>) =>
  db.deleteFrom('sessions').where('user_id', '=', given.userId).where('id_hash', '<>', given.keepSession),
);

interface Ending {
  readonly userId: number;
  readonly now: number;
}

const burnCodes = query((db, given: Given<Ending>) =>
  db
    .updateTable('codes')
    .set({ burned_at: given.now })
    .where('user_id', '=', given.userId)
    .where('redeemed_at', 'is', null)
    .where('burned_at', 'is', null),
);

const revokePasswordFamilies = query((db, given: Given<Ending>) =>
  db
    .updateTable('families')
    .set({ revoked_at: given.now })
    .where('revoked_at', 'is', null)
    .where('evicted_at', 'is', null)
    .where('method', '=', 'password')
    .where('authorization_id', 'in', (select) =>
      select
        .selectFrom('authorizations')
        .select('id')
        .where('user_id', '=', given.userId)
        .where('revoked_at', 'is', null),
    ),
);

export async function changePassword(db: Connection, change: PasswordChange): Promise<'changed' | 'lost'> {
  const changed = await db.first(updatePassword, change);
  if (changed === undefined) return 'lost';
  const keepSession = change.keepSession ?? nobodys;
  await endWhatPasswordOpened(db, change, keepSession);
  await db.rows(renewSession, { keepSession, epoch: changed.password_epoch });
  return 'changed';
}

/** The hash of no session: nothing is kept. */
const nobodys = '';

async function endWhatPasswordOpened(db: Connection, ending: Ending, keepSession: string): Promise<void> {
  await db.rows(closeSessions, { userId: ending.userId, keepSession });
  await db.rows(burnCodes, ending);
  await db.rows(revokePasswordFamilies, ending);
}

type Reset = Parameters<Users['resetPassword']>[0];

const replacePassword = query((db, given: Given<{ userId: number; passwordHash: string }>) =>
  db
    .updateTable('users')
    .set((row) => ({ password_hash: given.passwordHash, password_epoch: row('password_epoch', '+', 1) }))
    .where('id', '=', given.userId)
    .returning('id'),
);

export async function resetPassword(db: Connection, reset: Reset): Promise<'changed' | 'unknown'> {
  if ((await db.first(replacePassword, reset)) === undefined) return 'unknown';
  await endWhatPasswordOpened(db, reset, nobodys);
  await keepNote(db, reset.note);
  return 'changed';
}

interface Rehash {
  readonly userId: number;
  readonly oldHash: string;
  readonly newHash: string;
}

const replaceHash = query((db, given: Given<Rehash>) =>
  db
    .updateTable('users')
    .set({ password_hash: given.newHash })
    .where('id', '=', given.userId)
    .where('password_hash', '=', given.oldHash),
);

export async function rehashPassword(db: Connection, rehash: Rehash): Promise<void> {
  await db.rows(replaceHash, rehash);
}

interface Disabling {
  readonly userId: number;
  readonly disabledAt: number | null;
  readonly note: Note | undefined;
}

const updateDisabled = query((db, given: Given<Omit<Disabling, 'note'>>) =>
  db
    .updateTable('users')
    // What was checked before and is written only now is dead, too.
    .set((row) => ({ disabled_at: given.disabledAt, password_epoch: row('password_epoch', '+', 1) }))
    .where('id', '=', given.userId)
    .returning('staff_role'),
);

export async function setDisabled(db: Connection, disabling: Disabling): ReturnType<Users['setDisabled']> {
  const { userId, disabledAt, note } = disabling;
  const was = await db.first(updateDisabled, disabling);
  if (was === undefined) return 'unknown';
  if (was.staff_role === 'administrator') await requireAdministrator(db);
  if (disabledAt !== null) await endWhatPasswordOpened(db, { userId, now: disabledAt }, nobodys);
  await keepNote(db, note);
  return 'changed';
}

/** Writes, so that of two who end each other's power at once the second one waits and sees what the first did. */
const anyAdministrator = query((db) =>
  db
    .updateTable('users')
    .set({ staff_role: 'administrator' })
    .where('staff_role', '=', 'administrator')
    .where('disabled_at', 'is', null)
    .returning('id'),
);

/** Takes the whole act back if nobody would be left who can appoint staff. */
async function requireAdministrator(db: Connection): Promise<void> {
  if ((await db.first(anyAdministrator, {})) === undefined) withdraw('last_administrator');
}

interface Appointment {
  readonly userId: number;
  readonly role: StaffRole | null;
  readonly note: Note | undefined;
}

const roleOf = query((db, given: Given<{ userId: number }>) =>
  db.selectFrom('users').select('staff_role').where('id', '=', given.userId),
);

const updateStaffRole = query((db, given: Given<Omit<Appointment, 'note'>>) =>
  db.updateTable('users').set({ staff_role: given.role }).where('id', '=', given.userId),
);

export async function setStaffRole(db: Connection, appointment: Appointment): ReturnType<Users['setStaffRole']> {
  const was = await db.first(roleOf, appointment);
  if (was === undefined) return 'unknown';
  await db.rows(updateStaffRole, appointment);
  if (was.staff_role === 'administrator') await requireAdministrator(db);
  await keepNote(db, appointment.note);
  return 'changed';
}
