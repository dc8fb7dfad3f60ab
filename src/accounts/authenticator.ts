import { hash } from 'node:crypto';
import type { RecordFailedAttempt } from '../ports/audit.ts';
import type { Clock } from '../ports/clock.ts';
import { HashingBusy, type HashingCaller, type PasswordHasher } from '../ports/password-hasher.ts';
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
  /** Set for a sandbox: the id of its test user. All other addresses count as unknown. Absent or `null`: no limit. */
  readonly onlyUserId?: number | null;
}

/**
 * `refused`: unknown user, wrong password or disabled user. Callers can't tell which, not even by the time it takes.
 */
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
export function createAuthenticator(ports: AuthenticatorPorts): Authenticate {
  const inFlight = new Map<string, Promise<AuthenticationResult>>();
  return ({ email, password, from, onlyUserId = null }) => {
    const attempt: NormalisedAttempt = {
      email: normaliseEmail(email),
      password,
      from,
      onlyUserId,
      caller: { account: normaliseEmail(email) ?? email, network: networkOf(from) },
    };
    const key = hash('sha256', JSON.stringify([attempt.caller, onlyUserId, password]), 'base64url');
    const pending = inFlight.get(key);
    if (pending !== undefined) return pending;
    const result = authenticate(ports, attempt).finally(() => inFlight.delete(key));
    inFlight.set(key, result);
    return result;
  };
}

interface NormalisedAttempt {
  /** `null`: the text is not an email address. It is counted and checked like an unknown address. */
  readonly email: string | null;
  readonly password: string;
  readonly from: string;
  readonly onlyUserId: number | null;
  readonly caller: HashingCaller;
}

async function authenticate(ports: AuthenticatorPorts, attempt: NormalisedAttempt): Promise<AuthenticationResult> {
  const { store, clock } = ports;
  const buckets = loginBuckets(attempt.caller.account, attempt.caller.network);
  const start = clock.now();
  const admission = await store.throttles.admit(buckets.all, start);
  if (admission.outcome === 'throttled') {
    return { outcome: 'throttled', retryAfterSeconds: secondsUntil(admission.retryAt, start) };
  }
  const found = await findFor(ports, attempt);
  const right = await verify(ports, buckets, found?.passwordHash, attempt);
  if (typeof right !== 'boolean') return right;
  // Decided only after the check of the password: every refusal takes the same time.
  if (!right || found === undefined || found.user.disabledAt !== null) {
    if (found !== undefined) recordFailure(ports, found.user, attempt.from);
    return { outcome: 'refused' };
  }
  await resetThrottles(ports, buckets);
  await rehash(ports, found.user, found.passwordHash, attempt);
  return { outcome: 'signed_in', user: found.user };
}

/**
 * Loads the credentials to check the attempt against. For a sandbox only those of its test user are found: it learns
 * nothing about other people's passwords, writes no audit entry to their accounts, and does not make its network one of
 * their trusted ones.
 */
async function findFor({ store }: AuthenticatorPorts, { email, onlyUserId }: NormalisedAttempt) {
  const found = await store.users.findCredentials(email ?? '');
  return onlyUserId === null || found?.user.id === onlyUserId ? found : undefined;
}

async function verify(
  { hasher, store, clock }: AuthenticatorPorts,
  buckets: LoginBuckets,
  encoded: string | undefined,
  { password, caller }: NormalisedAttempt,
): Promise<boolean | Extract<AuthenticationResult, { outcome: 'busy' }>> {
  try {
    return await hasher.verify(encoded, password, caller);
  } catch (error) {
    if (!(error instanceof HashingBusy)) throw error;
    // Nothing was checked, so nothing is counted.
    await store.throttles.recordOutcome({ refund: buckets.all, empty: [], trust: [], trustUntil: 0, now: clock.now() });
    return { outcome: 'busy', retryAfterSeconds: error.retryAfterSeconds };
  }
}

async function resetThrottles({ store, clock }: AuthenticatorPorts, buckets: LoginBuckets): Promise<void> {
  const now = clock.now();
  const { refund, empty, trust } = buckets;
  await store.throttles.recordOutcome({ refund, empty, trust: [trust], trustUntil: now + trustMs, now });
}

/**
 * Replaces a hash that was made with other parameters than those in use. If the hasher is busy it does nothing: the
 * next login tries again.
 */
async function rehash(
  { hasher, store }: AuthenticatorPorts,
  user: User,
  encoded: string,
  { password, caller }: NormalisedAttempt,
): Promise<void> {
  if (!hasher.needsRehash(encoded)) return;
  try {
    await store.users.rehashPassword(user.id, encoded, await hasher.hash(password, caller));
  } catch (error) {
    if (!(error instanceof HashingBusy)) throw error;
  }
}

/**
 * Records failed attempts on existing accounts only: with attempts on unknown names anyone could fill the log. A
 * success is recorded where it leads to something (a session, an authorization): applications that log in before every
 * call would fill the log too.
 */
function recordFailure({ recordFailedAttempt }: AuthenticatorPorts, user: User, from: string): void {
  const actor = { kind: 'user', id: user.id } as const;
  recordFailedAttempt({ actor, action: 'user.sign_in_refused', subject: `user:${user.id}`, from });
}
