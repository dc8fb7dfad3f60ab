import { hash } from 'node:crypto';
import type { RecordFailedAttempt } from '../ports/audit.ts';
import type { Clock } from '../ports/clock.ts';
import { type HashedFor, HashingBusy, type PasswordHasher } from '../ports/password-hasher.ts';
import type { Store, User } from '../ports/store/index.ts';
import { normaliseEmail } from './email.ts';
import { networkOf } from './network.ts';
import { type LoginBuckets, loginBuckets, secondsUntil, trustMs } from './throttle.ts';

interface LoginAttempt {
  /** As it was typed. */
  readonly email: string;
  readonly password: string;
  /** The network address it comes from. */
  readonly from: string;
  /** The test user of the sandbox that asks: everybody else is unknown to it. Absent or `null`: anybody may log in. */
  readonly onlyUserId?: number | null;
}

/** `refused`: unknown user, wrong password or disabled user, and nobody outside can tell which. */
export type AuthenticationResult =
  | { readonly outcome: 'signed_in'; readonly user: User }
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'throttled'; readonly retryAfterSeconds: number }
  | { readonly outcome: 'busy'; readonly retryAfterSeconds: number };

export type Authenticate = (attempt: LoginAttempt) => Promise<AuthenticationResult>;

export interface AuthenticatorPorts {
  readonly store: Pick<Store, 'users' | 'throttles'>;
  readonly hasher: PasswordHasher;
  readonly clock: Clock;
  readonly recordFailedAttempt: RecordFailedAttempt;
}

/**
 * Creates the authenticator. The login page, the password grant and the change of a password all call the function it
 * returns, so they share one check and one throttle: create it once. Rejects with `StoreUnavailable`.
 *
 * Identical attempts at the same moment share one check and its result: the first login of an application's twenty
 * parallel workers does not count as twenty guesses.
 */
export function createAuthenticator(parts: AuthenticatorPorts): Authenticate {
  const underWay = new Map<string, Promise<AuthenticationResult>>();
  return ({ email, password, from, onlyUserId = null }) => {
    const known: KnownAttempt = {
      email: normaliseEmail(email),
      password,
      from,
      onlyUserId,
      whom: { account: normaliseEmail(email) ?? email, network: networkOf(from) },
    };
    const key = hash('sha256', JSON.stringify([known.whom, onlyUserId, password]), 'base64url');
    const same = underWay.get(key);
    if (same !== undefined) return same;
    const answer = authenticate(parts, known).finally(() => underWay.delete(key));
    underWay.set(key, answer);
    return answer;
  };
}

interface KnownAttempt {
  /** `null`: no address. It is counted and checked like the address of nobody. */
  readonly email: string | null;
  readonly password: string;
  readonly from: string;
  readonly onlyUserId: number | null;
  readonly whom: HashedFor;
}

async function authenticate(parts: AuthenticatorPorts, attempt: KnownAttempt): Promise<AuthenticationResult> {
  const { store, clock } = parts;
  const buckets = loginBuckets(attempt.whom.account, attempt.whom.network);
  const start = clock.now();
  const admission = await store.throttles.admit(buckets.all, start);
  if (admission.outcome === 'throttled') {
    return { outcome: 'throttled', retryAfterSeconds: secondsUntil(admission.retryAt, start) };
  }
  const found = await findFor(parts, attempt);
  const right = await verify(parts, buckets, found?.passwordHash, attempt);
  if (typeof right !== 'boolean') return right;
  // Decided only here, so that every refusal has done the same work.
  if (!right || found === undefined || found.user.disabledAt !== null) {
    if (found !== undefined) recordFailure(parts, found.user, attempt.from);
    return { outcome: 'refused' };
  }
  await resetThrottles(parts, buckets);
  await rehash(parts, found.user, found.passwordHash, attempt);
  return { outcome: 'signed_in', user: found.user };
}

/**
 * Loads the credentials to check the attempt against. A sandbox finds nobody but its test user: it learns nothing about
 * other people's passwords, leaves no trace on their accounts, and does not make its network one of their trusted ones.
 */
async function findFor({ store }: AuthenticatorPorts, { email, onlyUserId }: KnownAttempt) {
  const found = await store.users.findCredentials(email ?? '');
  return onlyUserId === null || found?.user.id === onlyUserId ? found : undefined;
}

async function verify(
  { hasher, store, clock }: AuthenticatorPorts,
  buckets: LoginBuckets,
  encoded: string | undefined,
  { password, whom }: KnownAttempt,
): Promise<boolean | Extract<AuthenticationResult, { outcome: 'busy' }>> {
  try {
    return await hasher.verify(encoded, password, whom);
  } catch (error) {
    if (!(error instanceof HashingBusy)) throw error;
    // Nothing was checked, so nothing is counted.
    await store.throttles.settle({ refund: buckets.all, empty: [], trust: [], trustUntil: 0, now: clock.now() });
    return { outcome: 'busy', retryAfterSeconds: error.retryAfterSeconds };
  }
}

async function resetThrottles({ store, clock }: AuthenticatorPorts, buckets: LoginBuckets): Promise<void> {
  const now = clock.now();
  const { refund, empty, trust } = buckets;
  await store.throttles.settle({ refund, empty, trust: [trust], trustUntil: now + trustMs, now });
}

/** Stores a hash with today's parameters, if the one that was checked has others. Can wait for the next log-in. */
async function rehash(
  { hasher, store }: AuthenticatorPorts,
  user: User,
  encoded: string,
  { password, whom }: KnownAttempt,
): Promise<void> {
  if (!hasher.needsRehash(encoded)) return;
  try {
    await store.users.rehashPassword(user.id, encoded, await hasher.hash(password, whom));
  } catch (error) {
    if (!(error instanceof HashingBusy)) throw error;
  }
}

/**
 * Records failed attempts on existing accounts only: attempts on unknown names would let anyone fill the log. A success
 * is recorded where it leads to something (a session, an authorization): applications that log in before every call
 * would fill the log too.
 */
function recordFailure({ recordFailedAttempt }: AuthenticatorPorts, user: User, from: string): void {
  const actor = { kind: 'user', id: user.id } as const;
  recordFailedAttempt({ actor, action: 'user.sign_in_refused', subject: `user:${user.id}`, from });
}
