import type { Selectable } from 'kysely';
import type { User } from '../../ports/store/index.ts';
import type { UserRow } from '../schema/people.ts';

export function userFrom(row: Selectable<UserRow>): User {
  return {
    id: row.id,
    email: row.email,
    firstName: row.first_name,
    lastName: row.last_name,
    administratorRole: row.staff_role,
    createdAt: row.created_at,
    disabledAt: row.disabled_at,
    passwordEpoch: row.password_epoch,
  };
}
