import type { ChangeRecord } from '../ports/change-record.ts';
import type { Clock } from '../ports/clock.ts';
import { HashingBusy, type PasswordHasher } from '../ports/password-hasher.ts';
import type { Store, User } from '../ports/store/index.ts';
import type { Authenticate } from './authenticator.ts';
import { networkOf } from './network.ts';
import { checkPassword, type PasswordProblem } from './password.ts';

/** `refused`: the current password is wrong, or was replaced in the meantime. */
export type ChangePasswordResult =
  | { readonly outcome: 'changed' | 'refused' }
  | { readonly outcome: 'invalid'; readonly problems: readonly (PasswordProblem | 'unchanged')[] }
  | { readonly outcome: 'throttled' | 'busy'; readonly retryAfterSeconds: number };

/**
 * Replaces a user's password, closes the other sessions, and revokes the codes that wait to be redeemed and the tokens
 * of the password grant. Tokens that the user consented to stay active. The current
 * password is checked by the authenticator, with its throttle, so that a stolen session can't be used to guess it.
 * Rejects with `StoreUnavailable`.
 */
export async function changePassword(
  ports: {
    readonly store: Pick<Store, 'users'>;
    readonly hasher: PasswordHasher;
    readonly clock: Clock;
    readonly authenticate: Authenticate;
  },
  change: {
    readonly user: Pick<User, 'id' | 'email'>;
    readonly currentPassword: string;
    readonly newPassword: string;
    /** The hash of the id of the session that stays open; `null`: no session does. */
    readonly keepSession: string | null;
    /** The network address. */
    readonly from: string;
  },
): Promise<ChangePasswordResult> {
  const { user, currentPassword, newPassword, keepSession, from } = change;
  const problems = newPasswordProblems(change);
  if (problems.length > 0) return { outcome: 'invalid', problems };
  const authentication = await ports.authenticate({ email: user.email, password: currentPassword, from });
  if (authentication.outcome !== 'signed_in') return authentication;
  try {
    const passwordHash = await ports.hasher.hash(newPassword, { account: user.email, network: networkOf(from) });
    const now = ports.clock.now();
    const { passwordEpoch } = authentication.user;
    const record = passwordChangeRecord(user.id, from, now);
    const change = { userId: user.id, passwordEpoch, passwordHash, keepSession, now, record };
    const outcome = await ports.store.users.changePassword(change);
    return { outcome: outcome === 'changed' ? 'changed' : 'refused' };
  } catch (error) {
    if (!(error instanceof HashingBusy)) throw error;
    return { outcome: 'busy', retryAfterSeconds: error.retryAfterSeconds };
  }
}

function passwordChangeRecord(userId: number, from: string, at: number): ChangeRecord {
  const actor = { kind: 'user', id: userId } as const;
  return { event: { at, actor, action: 'user.password_changed', subject: `user:${userId}`, from } };
}

function newPasswordProblems(change: {
  readonly user: Pick<User, 'email'>;
  readonly currentPassword: string;
  readonly newPassword: string;
}): readonly (PasswordProblem | 'unchanged')[] {
  const problems = checkPassword(change.newPassword, { email: change.user.email });
  return change.newPassword === change.currentPassword ? [...problems, 'unchanged'] : problems;
}
