import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../test/support/oauth-fakes.ts';
import { parseParams } from './params.ts';
import { parseChallenge, verifierMatches } from './pkce.ts';

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
    expect(verifierMatches(challenge, verifier)).toBe(true);
    expect(verifierMatches(null, undefined)).toBe(true);
  });

  it.each([
    [challenge, undefined],
    [challenge, `${verifier} `],
    [challenge, `${verifier}\n`],
    [challenge, verifier.toLowerCase()],
    [challenge, verifier.slice(1)],
    [challenge, challenge],
    // The challenge was taken out on the way (RFC 9700 4.8.2).
    [null, verifier],
  ])('of %s is not %j', (given, wrong) => {
    expect(verifierMatches(given, wrong)).toBe(false);
  });
});
