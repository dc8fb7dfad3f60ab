import type { StaffRole, User } from '../ports/store/index.ts';
import { type Desk, noteOf } from './context.ts';

export type UserOutcome = 'changed' | 'unknown' | 'last_administrator' | 'self';

/** Nobody takes the ground from under their own feet. */
function isSelf(desk: Desk, user: Pick<User, 'id'>): boolean {
  return desk.actor.kind === 'user' && desk.actor.id === user.id;
}

const subjectOf = (user: Pick<User, 'id'>) => `user:${user.id}`;

/** Disables an account, or enables it again: see `Users.setDisabled`. */
export async function setDisabled(desk: Desk, user: User, disabled: boolean): Promise<UserOutcome> {
  if (disabled && isSelf(desk, user)) return 'self';
  const note = noteOf(desk, disabled ? 'user.disabled' : 'user.enabled', subjectOf(user), {
    before: { disabled: user.disabledAt !== null },
    after: { disabled },
  });
  return desk.store.users.setDisabled(user.id, disabled ? desk.now : null, note);
}

export async function setRole(desk: Desk, user: User, role: StaffRole | null): Promise<UserOutcome> {
  if (isSelf(desk, user)) return 'self';
  const note = noteOf(desk, 'user.role_changed', subjectOf(user), {
    before: { role: user.staffRole },
    after: { role },
  });
  return desk.store.users.setStaffRole(user.id, role, note);
}

/** Logs a user out of all browsers. Answers how many sessions ended. */
export function endSessions(desk: Desk, user: User): Promise<number> {
  return desk.store.users.endSessions(user.id, noteOf(desk, 'user.sessions_ended', subjectOf(user)));
}

/** Disconnects all applications of a user. Answers how many. */
export function endAuthorizations(desk: Desk, user: User): Promise<number> {
  return desk.store.users.endAuthorizations(
    user.id,
    desk.now,
    noteOf(desk, 'user.authorizations_ended', subjectOf(user)),
  );
}

/** Disconnects one application of a user who asked for it. `unknown`: it is not connected to this user any more. */
export function disconnectOwn(desk: Desk, userId: number, authorizationId: string): Promise<'revoked' | 'unknown'> {
  const note = noteOf(desk, 'authorization.disconnected', `authorization:${authorizationId}`);
  const revocation = { id: authorizationId, ownerId: userId, reason: 'disconnected', now: desk.now, note } as const;
  return desk.store.authorizations.revoke(revocation);
}
