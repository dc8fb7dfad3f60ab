import type { AdministratorRole, User } from '../ports/store/index.ts';
import { changeRecord, type UseCaseContext } from './context.ts';

export type UserOutcome = 'changed' | 'unknown' | 'last_administrator' | 'self';

/** Nobody takes the ground from under their own feet. */
function isSelf(context: UseCaseContext, user: Pick<User, 'id'>): boolean {
  return context.actor.kind === 'user' && context.actor.id === user.id;
}

const subjectOf = (user: Pick<User, 'id'>) => `user:${user.id}`;

/** Disables an account, or enables it again: see `Users.setDisabled`. */
export async function setDisabled(context: UseCaseContext, user: User, disabled: boolean): Promise<UserOutcome> {
  if (disabled && isSelf(context, user)) return 'self';
  const record = changeRecord(context, disabled ? 'user.disabled' : 'user.enabled', subjectOf(user), {
    before: { disabled: user.disabledAt !== null },
    after: { disabled },
  });
  return context.store.users.setDisabled(user.id, disabled ? context.now : null, record);
}

export async function setRole(
  context: UseCaseContext,
  user: User,
  role: AdministratorRole | null,
): Promise<UserOutcome> {
  if (isSelf(context, user)) return 'self';
  const record = changeRecord(context, 'user.role_changed', subjectOf(user), {
    before: { role: user.administratorRole },
    after: { role },
  });
  return context.store.users.setStaffRole(user.id, role, record);
}

/** Logs a user out of all browsers. Answers how many sessions ended. */
export function endSessions(context: UseCaseContext, user: User): Promise<number> {
  return context.store.users.endSessions(user.id, changeRecord(context, 'user.sessions_ended', subjectOf(user)));
}

/** Disconnects all applications of a user. Answers how many. */
export function endAuthorizations(context: UseCaseContext, user: User): Promise<number> {
  return context.store.users.endAuthorizations(
    user.id,
    context.now,
    changeRecord(context, 'user.authorizations_ended', subjectOf(user)),
  );
}

/** Disconnects one application of a user who asked for it. `unknown`: it is not connected to this user any more. */
export function disconnectOwn(
  context: UseCaseContext,
  userId: number,
  authorizationId: string,
): Promise<'revoked' | 'unknown'> {
  const record = changeRecord(context, 'authorization.disconnected', `authorization:${authorizationId}`);
  const revocation = {
    id: authorizationId,
    ownerId: userId,
    reason: 'disconnected',
    now: context.now,
    record,
  } as const;
  return context.store.authorizations.revoke(revocation);
}
