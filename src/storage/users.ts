import type { Selectable } from 'kysely';
import type { NewUser, StaffRole, User, Users } from '../ports/store/index.ts';
import type { Connection, Engine } from './engine.ts';
import { type Given, query } from './query.ts';
import type { UserTable } from './schema.ts';

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
    setDisabled: (userId, disabledAt) => engine.act(setDisabled, { userId, disabledAt }),
    setStaffRole: (userId, role) => engine.act(setStaffRole, { userId, role }),
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

const insert = query((db, given: Given<NewUser>) =>
  db
    .insertInto('users')
    .values({
      email: given.email,
      password_hash: given.passwordHash,
      first_name: given.firstName,
      last_name: given.lastName,
      staff_role: given.staffRole,
      created_at: given.now,
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returningAll(),
);

export async function createUser(db: Connection, user: NewUser): ReturnType<Users['create']> {
  const row = await db.first(insert, user);
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
}

const updateDisabled = query((db, given: Given<Disabling>) =>
  db
    .updateTable('users')
    // What was checked before and is written only now is dead, too.
    .set((row) => ({ disabled_at: given.disabledAt, password_epoch: row('password_epoch', '+', 1) }))
    .where('id', '=', given.userId)
    .returning('id'),
);

export async function setDisabled(db: Connection, disabling: Disabling): Promise<'changed' | 'unknown'> {
  if ((await db.first(updateDisabled, disabling)) === undefined) return 'unknown';
  const { userId, disabledAt } = disabling;
  if (disabledAt !== null) await endWhatPasswordOpened(db, { userId, now: disabledAt }, nobodys);
  return 'changed';
}

interface Appointment {
  readonly userId: number;
  readonly role: StaffRole | null;
}

const updateStaffRole = query((db, given: Given<Appointment>) =>
  db.updateTable('users').set({ staff_role: given.role }).where('id', '=', given.userId).returning('id'),
);

export async function setStaffRole(db: Connection, appointment: Appointment): Promise<'changed' | 'unknown'> {
  return (await db.first(updateStaffRole, appointment)) === undefined ? 'unknown' : 'changed';
}
