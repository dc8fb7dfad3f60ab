import { digest, equalDigests } from './digest.ts';
import { refuse } from './errors.ts';
import type { Params } from './params.ts';

/** The transformations that are accepted. `plain` protects nothing that the attacker of RFC 7636 1 can read. */
export const challengeMethods = ['S256'] as const;

const challengeSyntax = /^[A-Za-z0-9_-]{43}$/;
const verifierSyntax = /^[A-Za-z0-9._~-]{43,128}$/;

/** The challenge of an authorization request (RFC 7636 4.3), or `null`. Public clients must send one (RFC 9700 2.1.1). */
export function parseChallenge(params: Params, client: { readonly confidential: boolean }): string | null {
  const challenge = params.get('code_challenge');
  const method = params.get('code_challenge_method');
  if (challenge === undefined) {
    if (method !== undefined)
      refuse('invalid_request', 'code_challenge_method was sent without code_challenge', {
        cause: 'challenge_missing',
      });
    if (!client.confidential)
      refuse('invalid_request', 'A public application must send code_challenge', { cause: 'challenge_missing' });
    return null;
  }
  if (method !== 'S256')
    refuse(
      'invalid_request',
      'code_challenge_method must be S256',
      { cause: 'challenge_method' },
      { expected: ['S256'] },
    );
  if (!challengeSyntax.test(challenge)) {
    refuse('invalid_request', 'code_challenge must be the 43 characters of a base64url SHA-256', {
      cause: 'challenge_malformed',
    });
  }
  return challenge;
}

/**
 * Whether the verifier of a token request goes with the challenge of its code (RFC 7636 4.6). A verifier without a challenge is
 * wrong too: it means that the challenge was taken out on the way (RFC 9700 4.8.2).
 */
export function verifierMatches(challenge: string | null, verifier: string | undefined): boolean {
  if (challenge === null) return verifier === undefined;
  if (verifier === undefined || !verifierSyntax.test(verifier)) return false;
  return equalDigests(digest(verifier), challenge);
}
