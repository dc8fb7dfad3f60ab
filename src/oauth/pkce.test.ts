import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../test/support/oauth-fakes.ts';
import { digest } from './digest.ts';
import { parseParams } from './params.ts';
import { parseChallenge, wrongVerifier } from './pkce.ts';

/** RFC 7636 appendix B. */
const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
const confidential = { confidential: true };

describe('a challenge (RFC 7636 4.3)', () => {
  it('is taken with S256', () => {
    const params = parseParams(`code_challenge=${challenge}&code_challenge_method=S256`);
    expect(parseChallenge(params, confidential)).toBe(challenge);
  });

  it('may be absent where there is a secret', () => {
    expect(parseChallenge(parseParams(''), confidential)).toBeNull();
  });

  it.each([
    ['is demanded of a public application', '', { confidential: false }],
    ['is not plain', `code_challenge=${challenge}&code_challenge_method=plain`, confidential],
    ['is not plain by default', `code_challenge=${challenge}`, confidential],
    ['does not come without itself', 'code_challenge_method=S256', confidential],
    ['is not shorter', `code_challenge=${challenge.slice(1)}&code_challenge_method=S256`, confidential],
    ['is not longer', `code_challenge=${challenge}A&code_challenge_method=S256`, confidential],
    ['has no padding', `code_challenge=${challenge.slice(1)}%3D&code_challenge_method=S256`, confidential],
  ])('%s', async (_title, query, client) => {
    expect(await refusalOf(() => parseChallenge(parseParams(query), client))).toBe('invalid_request');
  });
});

describe('a verifier (RFC 7636 4.6)', () => {
  it('matches its own challenge', () => {
    expect(wrongVerifier(challenge, verifier)).toBeUndefined();
    expect(wrongVerifier(null, undefined)).toBeUndefined();
  });

  it.each([
    ['verifier_missing', challenge, undefined, undefined],
    ['verifier_malformed', challenge, `${verifier} `, '44 characters, with others than these'],
    ['verifier_malformed', challenge, `${verifier}\n`, '44 characters, with others than these'],
    ['verifier_malformed', challenge, verifier.slice(1), '42 characters'],
    ['verifier_malformed', challenge, 'v'.repeat(129), '129 characters'],
    ['verifier_wrong', challenge, verifier.toLowerCase(), `its SHA-256 is ${digest(verifier.toLowerCase())}`],
    // The method plain, called S256.
    ['verifier_as_challenge', verifier, verifier, undefined],
    // The challenge was taken out on the way (RFC 9700 4.8.2).
    ['verifier_without_challenge', null, verifier, undefined],
  ])('is %s for the challenge %s and the verifier %j', (cause, given, presented, received) => {
    const wrong = wrongVerifier(given, presented);
    expect([wrong?.cause, wrong?.shown.received]).toEqual([cause, received]);
  });
});
