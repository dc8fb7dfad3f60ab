import { hash } from 'node:crypto';
import type { Random } from '../ports/random.ts';
import type { InitialGrant, NewApplication } from '../ports/store/index.ts';
import { checkCallbacks } from './callbacks.ts';
import { publicClientProblems } from './public-clients.ts';
import { isShowable } from './text.ts';

/** The properties of a new application, as they were typed. */
export interface ApplicationRequest {
  readonly name: string;
  readonly ownerName: string;
  readonly website: string | null;
  readonly grantType: string;
  readonly redirectUris: readonly string[];
  /** A public client: a program that can't keep a secret (RFC 6749 2.1). */
  readonly isPublic: boolean;
}

export type BuildResult =
  | {
      readonly outcome: 'designed';
      readonly application: NewApplication;
      /** The client secret in clear: only its hash is stored. `null` for a public client. */
      readonly secret: string | null;
    }
  | { readonly outcome: 'invalid'; readonly problems: readonly string[] };

/** The grant types to choose from: an application has exactly one of them. `refresh_token` comes with each. */
export const initialGrants: readonly InitialGrant[] = ['authorization_code', 'password'];

/** The prefixes of credentials: scanners and the log recognise a leaked one by them. */
export const credentialPrefix = { clientId: 'insiders_app_', secret: 'insiders_secret_' } as const;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const clientIdLength = 24;
const secretIdLength = 22;

/**
 * Creates an application and its credentials in memory, or lists what is wrong with the request. `now`: ms since 1970.
 * The caller stores the application.
 */
export function buildApplication(request: ApplicationRequest, random: Random, now: number): BuildResult {
  const confidential = !request.isPublic;
  const grantType = readGrantType(request.grantType);
  const problems = [
    ...namingProblems(request),
    ...(grantType === undefined ? [`The grant type is one of ${initialGrants.join(', ')}`] : []),
    ...(request.isPublic && grantType === 'password' ? [publicClientProblems.password] : []),
    ...(request.redirectUris.length === 0 && grantType === 'authorization_code'
      ? ['The grant type authorization_code needs at least one callback']
      : []),
    ...checkCallbacks(request.redirectUris, { confidential }).map((problem) => problem.message),
  ];
  if (grantType === undefined || problems.length > 0) return { outcome: 'invalid', problems };
  const secret = confidential ? newSecret(random) : null;
  const { name, ownerName, website, redirectUris } = request;
  return {
    outcome: 'designed',
    secret,
    application: {
      id: random.text(16),
      clientId: newClientId(random),
      name,
      ownerName,
      website,
      grantType,
      redirectUris,
      confidential,
      accessTokenSeconds: null,
      // A public client does not authenticate, so its refresh tokens are rotated with each use (RFC 9700 4.14.2).
      refreshPolicy: confidential ? 'stable' : 'rotate',
      resourceServer: false,
      sandboxUserId: null,
      secret: secret === null ? null : hashedSecret(secret, random),
      now,
    },
  };
}

export function readGrantType(text: string): InitialGrant | undefined {
  return initialGrants.find((grantType) => grantType === text);
}

function namingProblems({ name, ownerName, website }: ApplicationRequest): readonly string[] {
  return [
    ...nameProblems('name', name),
    ...nameProblems('owner', ownerName),
    ...(website === null || isWebsite(website) ? [] : ['The website begins with https://']),
  ];
}

function nameProblems(what: string, text: string): readonly string[] {
  if (text.trim() === '') return [`The ${what} is missing`];
  if ([...text].length > 100) return [`The ${what} has at most 100 characters`];
  return isShowable(text) ? [] : [`The ${what} has a character that cannot be shown`];
}

/** Whether the text can be the website of an application: an http or https URL of at most 300 characters. */
export function isWebsite(text: string): boolean {
  return text.length <= 300 && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function newClientId(random: Random): string {
  return credentialPrefix.clientId + lettersAndDigits(random, clientIdLength);
}

/**
 * Random letters and digits, each equally likely. For identifiers that people pass to commands: base64url may begin
 * with a hyphen, and the command line would take that for an option.
 */
function lettersAndDigits(random: Random, length: number): string {
  let text = '';
  while (text.length < length) {
    // 248 is the largest multiple of 62 in a byte. Larger bytes would make the first characters more likely.
    for (const byte of random.bytes(32)) {
      if (byte < 248 && text.length < length) text += alphabet[byte % alphabet.length];
    }
  }
  return text;
}

/** A client secret of 256 random bits, so that its plain SHA-256 is safe to store. */
export function newSecret(random: Random): string {
  return credentialPrefix.secret + random.text(32);
}

/** What is stored of a client secret: a random id, the SHA-256 as base64url, and the last four characters. */
export function hashedSecret(secret: string, random: Random) {
  return {
    id: lettersAndDigits(random, secretIdLength),
    hash: hash('sha256', secret, 'base64url'),
    lastFour: secret.slice(-4),
  };
}
