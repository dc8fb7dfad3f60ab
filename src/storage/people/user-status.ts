import type { ChangeRecord } from '../../ports/change-record.ts';
import type { AdministratorRole, Users } from '../../ports/store/index.ts';
import { recordChange } from '../audit/change-record.ts';
import type { Connection } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import { abort, transaction } from '../core/transaction.ts';
import { noSession, revokeByPassword } from './user-passwords.ts';

interface Disabling {
  readonly userId: number;
  readonly disabledAt: number | null;
  readonly record: ChangeRecord;
}

const updateDisabled = query((db, params: BindParams<Omit<Disabling, 'record'>>) =>
  db
    .updateTable('users')
    // What was checked before and is written only now is dead, too.
    .set((row) => ({ disabled_at: params.disabledAt, password_epoch: row('password_epoch', '+', 1) }))
    .where('id', '=', params.userId)
    .returning('staff_role'),
);

export const writeDisabled = transaction(
  'users.setDisabled',
  { recorded: true },
  async (db: Connection, disabling: Disabling): ReturnType<Users['setDisabled']> => {
    const { userId, disabledAt, record } = disabling;
    const was = await db.first(updateDisabled, disabling);
    if (was === undefined) return 'unknown';
    if (was.staff_role === 'administrator') await requireAdministrator(db);
    if (disabledAt !== null) await revokeByPassword(db, { userId, now: disabledAt }, noSession);
    await recordChange(db, record);
    return 'changed';
  },
);

/** Writes, so that of two who end each other's power at once the second one waits and sees what the first did. */
const anyAdministrator = query((db) =>
  db
    .updateTable('users')
    .set({ staff_role: 'administrator' })
    .where('staff_role', '=', 'administrator')
    .where('disabled_at', 'is', null),
);

/** Rolls the whole transaction back if nobody would be left who can appoint staff. */
async function requireAdministrator(db: Connection): Promise<void> {
  if ((await db.changed(anyAdministrator, {})) === 0) abort('last_administrator');
}

interface Appointment {
  readonly userId: number;
  readonly role: AdministratorRole | null;
  readonly record: ChangeRecord;
}

const roleOf = query((db, params: BindParams<{ userId: number }>) =>
  db.selectFrom('users').select('staff_role').where('id', '=', params.userId),
);

const updateStaffRole = query((db, params: BindParams<Omit<Appointment, 'record'>>) =>
  db.updateTable('users').set({ staff_role: params.role }).where('id', '=', params.userId),
);

export const writeAdministratorRole = transaction(
  'users.setStaffRole',
  { recorded: true },
  async (db: Connection, appointment: Appointment): ReturnType<Users['setStaffRole']> => {
    const was = await db.first(roleOf, appointment);
    if (was === undefined) return 'unknown';
    await db.rows(updateStaffRole, appointment);
    if (was.staff_role === 'administrator') await requireAdministrator(db);
    await recordChange(db, appointment.record);
    return 'changed';
  },
);
