import { hash } from 'node:crypto';
import type { Bucket } from '../ports/store/index.ts';

const second = 1000;
const minute = 60 * second;

/** How long a network stays trusted for an account after a log-in from there. */
export const trustMs = 90 * 24 * 60 * minute;

/** The buckets one attempt to log in goes through, and what becomes of them when it succeeds. */
export interface LoginBuckets {
  /** All of them; a refused attempt stays counted in each. */
  readonly all: readonly Bucket[];
  /** A success takes its own unit back out of these. */
  readonly refund: readonly Bucket[];
  /** A success empties these: the person mistyped, and then did not. */
  readonly empty: readonly string[];
  /** Marked as trusted by a success. */
  readonly trust: string;
}

/**
 * Throttles logins. An attempt is counted before the password is checked, so that parallel guesses can't slip past. The
 * buckets against guessing get their unit back after a right password, so only wrong guesses fill them:
 *
 * - `pair` (account and network): 20 wrong guesses, then one every 30 seconds. A person who mistypes doesn't meet it.
 * - `familiar` (the same two): what is left of that for a network the account has logged in from within 90 days: 50.
 *   It is an application's server, where a stale stored password is retried, or the owner's home.
 * - `account` over all networks: 100 (the limit of NIST SP 800-63B 3.2.2), then one a minute, for guesses from
 *   everywhere at once. Doesn't hold in a familiar network, so guesses from elsewhere don't hold up the owner there; in
 *   any other network the owner waits while somebody keeps guessing. The first success from a network stays counted,
 *   later ones don't count at all, so logins of the owner never make room for guesses of somebody else.
 * - `network` over all accounts: 300, then one a second, against one password tried on many accounts. A whole club, or
 *   an application's server, is one network.
 *
 * Checking a password is slow on purpose, so right ones are limited too, generously, and never taken back out:
 *
 * - `account-all`: 1,000, then one a second. An application that logs in before every call doesn't meet it.
 * - `network-all`: 3,000, then 20 a second: a part of what one processor can check.
 *
 * Keys hold only hashes: neither an e-mail address nor a network address is stored.
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

/** New accounts per network: 100 (a club signs up behind one address), then one a minute. */
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

/** Whole seconds, at least one, as `Retry-After` needs them. */
export function secondsUntil(retryAt: number, now: number): number {
  return Math.max(1, Math.ceil((retryAt - now) / second));
}

function bucketKey(purpose: string, ...parts: readonly string[]): string {
  return `${purpose}:${hash('sha256', JSON.stringify([purpose, ...parts]), 'base64url')}`;
}
