import type { AdministratorRole, User } from '../ports/store/index.ts';
import { changeRecord, type UseCaseContext } from './context.ts';

/** `last_administrator`: nobody could appoint another one. `self`: the user acts on their own account. */
export type UserOutcome = 'changed' | 'unknown' | 'last_administrator' | 'self';

/** Users can't disable their own account or change their own role: they could lock themselves out. */
function isSelf(context: UseCaseContext, user: Pick<User, 'id'>): boolean {
  return context.actor.kind === 'user' && context.actor.id === user.id;
}

const subjectOf = (user: Pick<User, 'id'>) => `user:${user.id}`;

/** Disables or enables an account: see `Users.setDisabled`. */
export async function setDisabled(context: UseCaseContext, user: User, disabled: boolean): Promise<UserOutcome> {
  if (disabled && isSelf(context, user)) return 'self';
  const record = changeRecord(context, disabled ? 'user.disabled' : 'user.enabled', subjectOf(user), {
    before: { disabled: user.disabledAt !== null },
    after: { disabled },
  });
  return context.store.users.setDisabled(user.id, disabled ? context.now : null, record);
}

/** Gives a user a role; `null`: takes it away. */
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
  return context.store.users.setAdministratorRole(user.id, role, record);
}

/** Logs a user out of all browsers. Returns the number of sessions. */
export function endSessions(context: UseCaseContext, user: User): Promise<number> {
  return context.store.users.closeSessions(user.id, changeRecord(context, 'user.sessions_ended', subjectOf(user)));
}

/** Revokes all authorizations of a user, with their tokens. Returns how many. */
export function revokeAuthorizations(context: UseCaseContext, user: User): Promise<number> {
  return context.store.users.revokeAuthorizations(
    user.id,
    context.now,
    changeRecord(context, 'user.authorizations_ended', subjectOf(user)),
  );
}

/** A user disconnects one application. `unknown`: the user has no such authorization, or it is revoked already. */
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
