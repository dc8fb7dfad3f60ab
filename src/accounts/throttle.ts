import { hash } from 'node:crypto';
import type { Bucket } from '../ports/store/index.ts';

const second = 1000;
const minute = 60 * second;

/** How long a network stays trusted for an account after a login from there, in ms. */
export const trustMs = 90 * 24 * 60 * minute;

/** The buckets that count one attempt to log in, and what a success changes in them. */
export interface LoginBuckets {
  /** All buckets. A refused attempt stays counted in each. */
  readonly all: readonly Bucket[];
  /** A success takes its own unit out of these. */
  readonly refund: readonly Bucket[];
  /** The keys of the buckets that a success empties: the wrong guesses before it were typing errors. */
  readonly empty: readonly string[];
  /** The key that a success marks as trusted for {@link trustMs}. */
  readonly trust: string;
}

/**
 * Throttles logins. An attempt is counted before the password is checked, so that parallel guesses can't slip past. A
 * right password takes its unit out of the buckets against guessing, so only wrong guesses fill them:
 *
 * - `pair` (account and network): 20 wrong guesses, then one every 30 seconds. A person who mistypes doesn't meet it.
 * - `familiar` (the same two): 50 wrong guesses, then one every 30 seconds. It takes the place of `pair` for a network
 *   that the account has logged in from within 90 days: an application's server, which retries a stale stored password,
 *   or the owner's home.
 * - `account` over all networks: 100 (the limit of NIST SP 800-63B 3.2.2), then one per minute, against distributed
 *   guessing. It does not apply in a familiar network, so guesses from elsewhere don't lock the owner out there; in any
 *   other network the owner waits while the guessing goes on. The first success from a network stays counted and later
 *   ones don't count at all, so the owner's logins never make room for an attacker's guesses.
 * - `network` over all accounts: 300, then one per second, against one password tried on many accounts. It is this
 *   large because a whole club, or an application's server, is one network.
 *
 * Checking a password is slow on purpose, so right passwords are limited too. They stay counted in two larger buckets:
 *
 * - `account-all`: 1,000, then one per second. An application that logs in before every call stays below it.
 * - `network-all`: 3,000, then 20 per second: a part of what one processor can check.
 *
 * Keys contain only hashes: neither an email address nor a network address is stored.
 */
export function loginBuckets(email: string, network: string): LoginBuckets {
  const both = bucketKey('sign-in:pair', email, network);
  const pair: Bucket = { key: both, burst: 20, leakMs: 30 * second, unlessTrusted: both };
  const familiar: Bucket = { key: bucketKey('sign-in:familiar', email, network), burst: 50, leakMs: 30 * second };
  const account: Bucket = { key: bucketKey('sign-in:account', email), burst: 100, leakMs: minute, unlessTrusted: both };
  const perNetwork: Bucket = { key: bucketKey('sign-in:network', network), burst: 300, leakMs: second };
  const accountAll: Bucket = { key: bucketKey('sign-in:account-all', email), burst: 1000, leakMs: second };
  const networkAll: Bucket = { key: bucketKey('sign-in:network-all', network), burst: 3000, leakMs: second / 20 };
  return {
    all: [pair, familiar, account, perNetwork, accountAll, networkAll],
    refund: [perNetwork],
    empty: [pair.key, familiar.key],
    trust: both,
  };
}

/** New accounts per network: 100 (a club signs up behind one address), then one per minute. */
export function signUpBucket(network: string): Bucket {
  return { key: bucketKey('sign-up:network', network), burst: 100, leakMs: minute };
}

/**
 * Throttles the passwords that we generate on request, such as a test user's: 20 for each user and 100 for each
 * network, then one per minute each.
 */
export function createdPasswordBuckets(userId: number, network: string): readonly Bucket[] {
  return [
    { key: bucketKey('created-password:user', String(userId)), burst: 20, leakMs: minute },
    { key: bucketKey('created-password:network', network), burst: 100, leakMs: minute },
  ];
}

/** The time from `now` to `retryAt` (ms) in whole seconds, rounded up, at least one: the value of `Retry-After`. */
export function secondsUntil(retryAt: number, now: number): number {
  return Math.max(1, Math.ceil((retryAt - now) / second));
}

function bucketKey(purpose: string, ...parts: readonly string[]): string {
  return `${purpose}:${hash('sha256', JSON.stringify([purpose, ...parts]), 'base64url')}`;
}
