import type { ChangeRecord } from '../../ports/change-record.ts';
import type { AdministratorRole, Users } from '../../ports/store/index.ts';
import { recordChange } from '../audit/change-record.ts';
import type { Connection } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import { abort, transaction } from '../core/transaction.ts';
import { noSession, revokeByPassword } from './user-passwords.ts';

interface StatusChange {
  readonly userId: number;
  readonly disabledAt: number | null;
  readonly record: ChangeRecord;
}

const updateDisabled = query((db, params: BindParams<Omit<StatusChange, 'record'>>) =>
  db
    .updateTable('users')
    // Bump the password epoch: sessions and families whose password check is still in flight start out invalid.
    .set((row) => ({ disabled_at: params.disabledAt, password_epoch: row('password_epoch', '+', 1) }))
    .where('id', '=', params.userId)
    .returning('staff_role'),
);

export const writeDisabled = transaction(
  'users.setDisabled',
  { recorded: true },
  async (db: Connection, change: StatusChange): ReturnType<Users['setDisabled']> => {
    const { userId, disabledAt, record } = change;
    const was = await db.first(updateDisabled, change);
    if (was === undefined) return 'unknown';
    if (was.staff_role === 'administrator') await requireAdministrator(db);
    if (disabledAt !== null) await revokeByPassword(db, { userId, now: disabledAt }, noSession);
    await recordChange(db, record);
    return 'changed';
  },
);

/**
 * Counts the enabled administrators by an update that changes nothing: its row locks make parallel removals of
 * administrators wait for each other, so that the later one sees the earlier one.
 */
const lockAdministrators = query((db) =>
  db
    .updateTable('users')
    .set({ staff_role: 'administrator' })
    .where('staff_role', '=', 'administrator')
    .where('disabled_at', 'is', null),
);

/** Rolls the whole transaction back if no enabled administrator is left, since only they can give roles. */
async function requireAdministrator(db: Connection): Promise<void> {
  if ((await db.changed(lockAdministrators, {})) === 0) abort('last_administrator');
}

interface RoleChange {
  readonly userId: number;
  readonly role: AdministratorRole | null;
  readonly record: ChangeRecord;
}

const roleOf = query((db, params: BindParams<{ userId: number }>) =>
  db.selectFrom('users').select('staff_role').where('id', '=', params.userId),
);

const updateRole = query((db, params: BindParams<Omit<RoleChange, 'record'>>) =>
  db.updateTable('users').set({ staff_role: params.role }).where('id', '=', params.userId),
);

export const writeAdministratorRole = transaction(
  'users.setStaffRole',
  { recorded: true },
  async (db: Connection, change: RoleChange): ReturnType<Users['setAdministratorRole']> => {
    const was = await db.first(roleOf, change);
    if (was === undefined) return 'unknown';
    await db.rows(updateRole, change);
    if (was.staff_role === 'administrator') await requireAdministrator(db);
    await recordChange(db, change.record);
    return 'changed';
  },
);
