import { hash } from 'node:crypto';
import type { Bucket } from '../../ports/store/index.ts';

const second = 1000;

/**
 * The buckets that a failed client authentication counts in (RFC 6749 2.3.1). Requests with a right secret are never
 * counted and never refused, so guesses by strangers do not stop an application.
 *
 * - `pair` (client and network): 50 failures, then one every 10 seconds. An application that was deployed with an old
 *   secret meets it, and gets 429 in place of 401 until it sends the right one.
 * - `network` over all clients, unknown client IDs included: 300 failures, then one per second.
 *
 * `applicationId: undefined`: there is no such client. Keys contain only hashes: no network address is stored.
 */
export function clientGuessBuckets(applicationId: string | undefined, network: string): readonly Bucket[] {
  const perNetwork = { key: bucketKey('client-secret:network', network), burst: 300, leakMs: second };
  if (applicationId === undefined) return [perNetwork];
  return [{ key: bucketKey('client-secret:pair', applicationId, network), burst: 50, leakMs: 10 * second }, perNetwork];
}

function bucketKey(purpose: string, ...parts: readonly string[]): string {
  return `${purpose}:${hash('sha256', JSON.stringify([purpose, ...parts]), 'base64url')}`;
}
