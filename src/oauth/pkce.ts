import { OAuthError, refuse } from './errors/oauth-error.ts';
import { digest, equalDigests } from './formats/digest.ts';
import type { Params } from './params.ts';
import { lengthOf, redactValue } from './redact.ts';

/** The accepted methods. `plain` gives no protection from an attacker who reads requests (RFC 7636 1). */
export const challengeMethods = ['S256'] as const;

const challengeSyntax = /^[A-Za-z0-9_-]{43}$/;
/** The length of a verifier, in characters (RFC 7636 4.1). */
export const verifierLength = { fewest: 43, most: 128 } as const;
const { fewest, most } = verifierLength;
const verifierSyntax = new RegExp(`^[A-Za-z0-9._~-]{${fewest},${most}}$`);

/**
 * Reads the challenge of an authorization request (RFC 7636 4.3). `null`: none was sent. A public client must send one
 * (RFC 9700 2.1.1).
 */
export function parseChallenge(params: Params, client: { readonly confidential: boolean }): string | null {
  const challenge = params.get('code_challenge');
  const method = params.get('code_challenge_method');
  if (challenge === undefined) {
    if (method !== undefined) refuse('challenge_method_alone');
    if (!client.confidential) refuse('challenge_missing');
    return null;
  }
  if (method !== 'S256') {
    refuse('challenge_method', { expected: challengeMethods, received: method && redactValue(method) });
  }
  if (!challengeSyntax.test(challenge)) {
    const expected = ['43 characters of A-Z a-z 0-9 - _'];
    refuse('challenge_malformed', { expected, received: lengthOf(challenge) });
  }
  return challenge;
}

/**
 * Checks the `code_verifier` of a token request against the challenge of its code (RFC 7636 4.6). Returns the error, or
 * `undefined` if they match. A verifier without a challenge is an error: an attacker may have removed the challenge
 * from the authorization request (RFC 9700 4.8.2).
 */
export function verifierError(challenge: string | null, verifier: string | undefined): OAuthError | undefined {
  if (challenge === null) return verifier === undefined ? undefined : new OAuthError('verifier_without_challenge');
  if (verifier === undefined) return new OAuthError('verifier_missing');
  if (!verifierSyntax.test(verifier)) {
    const expected = [`${fewest} to ${most} characters of A-Z a-z 0-9 - . _ ~`];
    return new OAuthError('verifier_malformed', { expected, received: describedLength(verifier) });
  }
  const received = digest(verifier);
  if (equalDigests(received, challenge)) return undefined;
  if (verifier === challenge) return new OAuthError('verifier_as_challenge');
  return new OAuthError('verifier_wrong', {
    expected: [`the code_challenge ${challenge}`],
    received: `its SHA-256 is ${received}`,
  });
}

function describedLength(verifier: string): string {
  const others = /[^A-Za-z0-9._~-]/.test(verifier) ? ', with others than these' : '';
  return `${lengthOf(verifier)}${others}`;
}
