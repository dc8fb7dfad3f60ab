/** The credentials, users and tokens of the benchmark: the same in every run and in every process. */
import { createHash } from 'node:crypto';
import { mintAccessToken, tokenIdBytes } from '../src/oauth/formats/access-token.ts';
import { newCode } from '../src/oauth/formats/code.ts';
import { newId } from '../src/oauth/formats/ids.ts';
import { newRefreshToken } from '../src/oauth/formats/refresh-token.ts';
import type { Random } from '../src/ports/random.ts';
import { settings } from './settings.ts';

export const client = { id: 'insiders_app_bench', secret: 'insiders_secret_bench' };
export const passwordClient = { id: 'insiders_app_bench_password', secret: 'insiders_secret_bench' };
export const password = 'a long enough password';
export const redirectUri = 'https://ams.example/callback';

/** The number of users. Each has one authorization for the measured client. */
export const people = settings.tokens;
/** The number of users who own devices: the first ones, each with {@link devicesPerOwner}. */
export const owners = Math.min(people, 10_000);
export const devicesPerOwner = 30;

const begin = Date.parse('2020-01-01T00:00:00Z');
const key = { id: 0, secret: seeded('key').bytes(32) };
/** The ring of keys of all subjects, so that access tokens can be minted here. */
export const secretKeys = `${key.id}:${key.secret.toString('base64url')}`;

/** The email address of a user; users count from 0. All have the same password. */
export function emailOf(person: number): string {
  return `person${person}@example.org`;
}

export function userIdOf(person: number): number {
  return 1000 + person;
}

/** The ID of an authorization or family. One was created each second. */
export function idOf(what: 'authorization' | 'family', index: number): string {
  return newId(seeded(`${what} ${index}`), begin + index * 1000);
}

/** The refresh token of a family. */
export function refreshText(index: number): string {
  return newRefreshToken(seeded(`refresh ${index}`), idOf('family', index));
}

/** The access token `n`, of this family. `expiresAt`: milliseconds since 1970. */
export function accessText(n: number, familyIndex: number, expiresAt: number): string {
  const tokenId = seeded(`access ${n}`).text(tokenIdBytes);
  return mintAccessToken(key, { tokenId, familyId: idOf('family', familyIndex), expiresAt });
}

export function codeText(n: number): string {
  return newCode(seeded(`code ${n}`), Date.parse('2026-01-01T00:00:00Z') + n);
}

/** The refresh token of a user at the peer, as long as those that oidc-provider creates. */
export function peerRefreshText(person: number): string {
  return seeded(`peer ${person}`).text(32);
}

/** The numbers from 0 to `count` - 1 in a random order, unrelated to the order of rows. The same in every run. */
export function shuffled(count: number): readonly number[] {
  const keyed = Array.from({ length: count }, (_, index) => ({ index, sortKey: seeded(`place ${index}`).text(9) }));
  return keyed.sort((one, other) => (one.sortKey < other.sortKey ? -1 : 1)).map(({ index }) => index);
}

/** Deterministic bytes for a seed: the same on each call, at most 64. */
function seeded(seed: string): Random {
  const bytes = (count: number) => createHash('sha512').update(seed).digest().subarray(0, count);
  return { bytes, text: (count) => bytes(count).toString('base64url') };
}
