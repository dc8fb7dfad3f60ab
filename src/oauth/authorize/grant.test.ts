import { describe, expect, it } from 'vitest';
import { anApplication, fakeContext, now } from '../../../test/support/oauth-fakes.ts';
import { codeKey } from '../formats/code.ts';
import { parseScope } from '../scope.ts';
import type { AuthorizationRequest } from './checks.ts';
import { grantAuthorization } from './grant.ts';

const request: AuthorizationRequest = {
  application: anApplication({ consentEpoch: 4 }),
  redirectUri: 'https://ams.example/callback' as AuthorizationRequest['redirectUri'],
  state: 's',
  scope: parseScope('all'),
  codeChallenge: 'challenge',
  prompts: new Set(),
};

describe('an authorization that is granted (RFC 6749 4.1.2)', () => {
  it('stores the digest of the code, with the parameters of the request', async () => {
    const { context } = fakeContext();
    let stored: unknown;
    context.store.authorizations.grant = async (args) => {
      stored = args;
      return 'granted';
    };
    const granted = await grantAuthorization(context, request, {
      userId: 7,
      pendingRequestHash: 'pending',
      pressedFrom: '192.0.2.7',
    });
    const code = granted.outcome === 'granted' ? granted.code : '';
    expect(code).toMatch(/^insiders_code_[A-Za-z0-9_-]{48}$/);
    expect(stored).toMatchObject({
      consentEpoch: 4,
      pendingRequestHash: 'pending',
      origin: { from: '192.0.2.7', detail: { application: 'insiders_app_1' } },
      code: {
        hash: codeKey(code),
        applicationId: 'application-1',
        userId: 7,
        redirectUri: request.redirectUri,
        codeChallenge: 'challenge',
        expiresAt: now + 300_000,
      },
    });
    expect(JSON.stringify(stored)).not.toContain(code);
  });

  it('has no origin where an earlier consent counts', async () => {
    const { context } = fakeContext();
    const origins: unknown[] = [];
    context.store.authorizations.grant = async ({ origin }) => {
      origins.push(origin);
      return 'granted';
    };
    await grantAuthorization(context, request, { userId: 7, pendingRequestHash: null, pressedFrom: null });
    expect(origins).toEqual([null]);
  });

  it.each(['gone', 'refused'] as const)('has no code when the store returns %s', async (outcome) => {
    const { context } = fakeContext();
    context.store.authorizations.grant = async () => outcome;
    const consent = { userId: 7, pendingRequestHash: null, pressedFrom: null };
    expect(await grantAuthorization(context, request, consent)).toEqual({ outcome });
  });
});
