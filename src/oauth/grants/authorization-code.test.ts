import { describe, expect, it } from 'vitest';
import { aCode, anApplication, now, refused } from '../../../test/support/oauth-fakes.ts';
import type { FoundCode } from '../../ports/store/index.ts';
import type { AuthenticatedClient } from '../clients/authenticate.ts';
import { codeKey } from '../formats/code.ts';
import { digest } from '../formats/digest.ts';
import { parseParams } from '../params.ts';
import { authorizationCode } from './authorization-code.ts';

const verifier = 'v'.repeat(43);

function decide(code: FoundCode | undefined, change: { redirectUri?: string; verifier?: string; at?: number } = {}) {
  const body = new URLSearchParams({ code: 'insiders_code_1', redirect_uri: 'https://ams.example/callback' });
  if (change.redirectUri !== undefined) body.set('redirect_uri', change.redirectUri);
  if (change.verifier !== undefined) body.set('code_verifier', change.verifier);
  const request = authorizationCode.parse(parseParams(body.toString()));
  const client = anApplication() as AuthenticatedClient;
  return authorizationCode.decide(request, code, { client, now: change.at ?? now, rotationOverlapSeconds: 60 });
}

describe('a code at the token endpoint (RFC 6749 4.1.3)', () => {
  it('is redeemed if redirect URI and verifier match', () => {
    const code = aCode();
    expect(decide(code)).toEqual({ kind: 'redeem', from: 'codes', code, scope: 'all' });
    const bound = aCode({ codeChallenge: digest(verifier) });
    expect(decide(bound, { verifier })).toMatchObject({ kind: 'redeem', from: 'codes' });
  });

  it('is refused from the millisecond it expires on', async () => {
    const code = aCode({ expiresAt: now });
    expect(decide(code, { at: now - 1 })).toMatchObject({ kind: 'redeem', from: 'codes' });
    expect(await refused(() => decide(code, { at: now }))).toMatchObject({
      row: { error: 'invalid_grant' },
      cause: 'code_expired',
      shown: { expected: ['at most 1 seconds old'], received: '1 seconds old' },
    });
  });

  it.each([
    ['unknown', undefined, 'code_unknown'],
    ['invalidated', aCode({ invalidatedAt: now - 1 }), 'code_invalidated'],
    ['issued before a switch of the grant type', aCode({ precedesGrantType: true }), 'code_precedes_switch'],
    ['of a revoked authorization', aCode({ revocationCause: 'revoked' }), 'code_revoked'],
    ['of another client', aCode({ applicationId: 'application-2' }), 'code_unknown'],
    ['of another client and used', aCode({ applicationId: 'application-2', familyId: 'family' }), 'code_unknown'],
  ])('is refused without a revocation when it is %s', async (_title, code, cause) => {
    expect(await refused(() => decide(code))).toMatchObject({ row: { error: 'invalid_grant' }, cause });
  });

  it('revokes the family it was redeemed for when it is used again (RFC 6749 4.1.2)', () => {
    expect(decide(aCode({ familyId: 'family', redeemedAt: now - 1 }))).toMatchObject({
      kind: 'refuse-and',
      error: { row: { error: 'invalid_grant' }, cause: 'code_replayed' },
      write: { kind: 'revoke-family', familyId: 'family', cause: 'code_replayed' },
    });
  });

  it.each([
    ['another redirect_uri', 'redirect_uri_differs', aCode(), { redirectUri: 'https://ams.example/callback/' }],
    ['a wrong verifier', 'verifier_wrong', aCode({ codeChallenge: digest(verifier) }), { verifier: 'w'.repeat(43) }],
    ['no verifier', 'verifier_missing', aCode({ codeChallenge: digest(verifier) }), {}],
    ['a verifier without a challenge', 'verifier_without_challenge', aCode(), { verifier }],
  ])('is invalidated by %s', (_title, cause, code, change) => {
    expect(decide(code, change)).toMatchObject({
      kind: 'refuse-and',
      error: { row: { error: 'invalid_grant' }, cause },
      write: { kind: 'invalidate-code', codeHash: codeKey('insiders_code_1') },
    });
  });

  it('shows developers both redirect URIs', () => {
    const shownFor = (redirectUri: string) => {
      const decision = decide(aCode(), { redirectUri });
      return decision.kind === 'refuse-and' ? decision.error.shown : undefined;
    };
    const expected = ['https://ams.example/callback'];
    expect(shownFor('https://ams.example/?a=b')).toEqual({ expected, received: 'https://ams.example/?a=…' });
  });

  it.each([
    ['', 'code'],
    ['code=&redirect_uri=x', 'code'],
    ['code=x', 'redirect_uri'],
    ['code=x&redirect_uri=', 'redirect_uri'],
  ])('is not looked up if a parameter is missing: %j', async (body, name) => {
    const error = await refused(() => authorizationCode.parse(parseParams(body)));
    expect(error).toMatchObject({ cause: 'parameter_missing', shown: { expected: [name] } });
    expect(error.responseAt('token')).toMatchObject({
      error: 'invalid_request',
      description: `The parameter ${name} is missing`,
    });
  });
});
