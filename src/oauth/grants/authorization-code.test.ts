import { describe, expect, it } from 'vitest';
import { aCode, anApplication, now, refusalOf } from '../../../test/support/oauth-fakes.ts';
import type { FoundCode } from '../../ports/store/index.ts';
import type { AuthenticatedClient } from '../clients/authenticate.ts';
import { digest } from '../digest.ts';
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
  it('is redeemed when all is right', () => {
    const code = aCode();
    expect(decide(code)).toEqual({ kind: 'redeem-code', code, scope: 'all' });
    const bound = aCode({ codeChallenge: digest(verifier) });
    expect(decide(bound, { verifier })).toMatchObject({ kind: 'redeem-code' });
  });

  it('is good up to the millisecond in which it expires', async () => {
    const code = aCode({ expiresAt: now });
    expect(decide(code, { at: now - 1 })).toMatchObject({ kind: 'redeem-code' });
    expect(await refusalOf(() => decide(code, { at: now }))).toBe('invalid_grant');
  });

  it.each([
    ['unknown', undefined],
    ['burned', aCode({ burnedAt: now - 1 })],
    ['without a live authorization or user', aCode({ endedBy: 'revoked' })],
    ['of another client', aCode({ applicationId: 'application-2' })],
    ['of another client and used', aCode({ applicationId: 'application-2', familyId: 'family', redeemedAt: 1 })],
  ])('is refused, and nothing ends, when it is %s', async (_title, code) => {
    expect(await refusalOf(() => decide(code))).toBe('invalid_grant');
  });

  it('ends what it produced when it comes again (RFC 6749 4.1.2)', () => {
    expect(decide(aCode({ familyId: 'family', redeemedAt: now - 1 }))).toMatchObject({
      kind: 'refuse-and',
      refusal: { reason: 'invalid_grant' },
      also: { kind: 'revoke-family', familyId: 'family' },
    });
  });

  it.each([
    ['another redirect_uri', aCode(), { redirectUri: 'https://ams.example/callback/' }],
    ['no redirect_uri', aCode(), { redirectUri: '' }],
    ['a wrong verifier', aCode({ codeChallenge: digest(verifier) }), { verifier: 'w'.repeat(43) }],
    ['no verifier', aCode({ codeChallenge: digest(verifier) }), {}],
    ['a verifier nobody announced', aCode(), { verifier }],
  ])('is burned by %s', (_title, code, change) => {
    expect(decide(code, change)).toMatchObject({
      kind: 'refuse-and',
      refusal: { reason: 'invalid_grant' },
      also: { kind: 'burn-code' },
    });
  });

  it.each(['', 'code='])('must be sent: %j', async (body) => {
    expect(await refusalOf(() => authorizationCode.parse(parseParams(body)))).toBe('invalid_request');
  });
});
