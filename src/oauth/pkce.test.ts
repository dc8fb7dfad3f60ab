import { describe, expect, it } from 'vitest';
import { refused } from '../../test/support/oauth-fakes.ts';
import { digest } from './formats/digest.ts';
import { parseParams } from './params.ts';
import { parseChallenge, verifierError } from './pkce.ts';

/** RFC 7636 appendix B. */
const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
const confidential = { confidential: true };
const s256 = (value: string) => `code_challenge=${value}&code_challenge_method=S256`;

describe('a challenge (RFC 7636 4.3)', () => {
  it('is accepted with S256', () => {
    const params = parseParams(`code_challenge=${challenge}&code_challenge_method=S256`);
    expect(parseChallenge(params, confidential)).toBe(challenge);
  });

  it('is optional for a confidential application', () => {
    expect(parseChallenge(parseParams(''), confidential)).toBeNull();
  });

  it.each([
    ['is required of a public application', '', { confidential: false }, 'challenge_missing', undefined],
    [
      'is refused with the method plain',
      `code_challenge=${challenge}&code_challenge_method=plain`,
      confidential,
      'challenge_method',
      'plain',
    ],
    [
      'is refused without a method, which would mean plain',
      `code_challenge=${challenge}`,
      confidential,
      'challenge_method',
      undefined,
    ],
    ['is required with a method', 'code_challenge_method=S256', confidential, 'challenge_method_alone', undefined],
    ['is refused if it is shorter', s256(challenge.slice(1)), confidential, 'challenge_malformed', '42 characters'],
    ['is refused if it is longer', s256(`${challenge}A`), confidential, 'challenge_malformed', '44 characters'],
    ['is refused with padding', s256(`${challenge.slice(1)}%3D`), confidential, 'challenge_malformed', '43 characters'],
  ])('%s', async (_title, query, client, cause, received) => {
    const error = await refused(() => parseChallenge(parseParams(query), client));
    expect(error).toMatchObject({ row: { error: 'invalid_request' }, cause });
    expect(error.shown.received).toBe(received);
  });

  it('is refused with the expected method and form', async () => {
    const { shown } = await refused(() => parseChallenge(parseParams('code_challenge=x'), confidential));
    expect(shown).toEqual({ expected: ['S256'] });
    const malformed = await refused(() => parseChallenge(parseParams(s256('x')), confidential));
    expect(malformed.shown.expected).toEqual(['43 characters of A-Z a-z 0-9 - _']);
  });
});

it('a refused verifier is shown with the expected one', () => {
  expect(verifierError(challenge, 'short')?.shown.expected).toEqual(['43 to 128 characters of A-Z a-z 0-9 - . _ ~']);
  const error = verifierError(challenge, 'v'.repeat(43));
  expect(error?.shown.expected).toEqual([`the code_challenge ${challenge}`]);
});

describe('a verifier (RFC 7636 4.6)', () => {
  it('matches its own challenge', () => {
    expect(verifierError(challenge, verifier)).toBeUndefined();
    expect(verifierError(null, undefined)).toBeUndefined();
  });

  it.each([
    ['verifier_missing', challenge, undefined, undefined],
    ['verifier_malformed', challenge, `${verifier} `, '44 characters, with others than these'],
    ['verifier_malformed', challenge, `${verifier}\n`, '44 characters, with others than these'],
    ['verifier_malformed', challenge, verifier.slice(1), '42 characters'],
    ['verifier_malformed', challenge, 'v'.repeat(129), '129 characters'],
    ['verifier_malformed', challenge, `+${'v'.repeat(42)}`, '43 characters, with others than these'],
    ['verifier_wrong', challenge, 'v'.repeat(43), `its SHA-256 is ${digest('v'.repeat(43))}`],
    ['verifier_wrong', challenge, 'v'.repeat(128), `its SHA-256 is ${digest('v'.repeat(128))}`],
    ['verifier_wrong', challenge, verifier.toLowerCase(), `its SHA-256 is ${digest(verifier.toLowerCase())}`],
    // The client sent the verifier as the challenge: the method plain, named S256.
    ['verifier_as_challenge', verifier, verifier, undefined],
    // An attacker removed the challenge from the authorization request (RFC 9700 4.8.2).
    ['verifier_without_challenge', null, verifier, undefined],
  ])('is %s for the challenge %s and the verifier %j', (cause, stored, presented, received) => {
    const error = verifierError(stored, presented);
    expect([error?.cause, error?.shown.received]).toEqual([cause, received]);
  });
});
