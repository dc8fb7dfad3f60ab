import type { Note } from '../../ports/change-record.ts';
import type { StaffRole, Users } from '../../ports/store/index.ts';
import { keepNote } from '../audit/change-record.ts';
import type { Connection } from '../core/engine.ts';
import { type Given, query } from '../core/query.ts';
import { abort, transaction } from '../core/transaction.ts';
import { endWhatPasswordOpened, nobodys } from './user-passwords.ts';

interface Disabling {
  readonly userId: number;
  readonly disabledAt: number | null;
  readonly note: Note;
}

const updateDisabled = query((db, given: Given<Omit<Disabling, 'note'>>) =>
  db
    .updateTable('users')
    // What was checked before and is written only now is dead, too.
    .set((row) => ({ disabled_at: given.disabledAt, password_epoch: row('password_epoch', '+', 1) }))
    .where('id', '=', given.userId)
    .returning('staff_role'),
);

export const setDisabled = transaction(
  'users.setDisabled',
  { recorded: true },
  async (db: Connection, disabling: Disabling): ReturnType<Users['setDisabled']> => {
    const { userId, disabledAt, note } = disabling;
    const was = await db.first(updateDisabled, disabling);
    if (was === undefined) return 'unknown';
    if (was.staff_role === 'administrator') await requireAdministrator(db);
    if (disabledAt !== null) await endWhatPasswordOpened(db, { userId, now: disabledAt }, nobodys);
    await keepNote(db, note);
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
  readonly role: StaffRole | null;
  readonly note: Note;
}

const roleOf = query((db, given: Given<{ userId: number }>) =>
  db.selectFrom('users').select('staff_role').where('id', '=', given.userId),
);

const updateStaffRole = query((db, given: Given<Omit<Appointment, 'note'>>) =>
  db.updateTable('users').set({ staff_role: given.role }).where('id', '=', given.userId),
);

export const setStaffRole = transaction(
  'users.setStaffRole',
  { recorded: true },
  async (db: Connection, appointment: Appointment): ReturnType<Users['setStaffRole']> => {
    const was = await db.first(roleOf, appointment);
    if (was === undefined) return 'unknown';
    await db.rows(updateStaffRole, appointment);
    if (was.staff_role === 'administrator') await requireAdministrator(db);
    await keepNote(db, appointment.note);
    return 'changed';
  },
);
