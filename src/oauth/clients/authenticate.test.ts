import { describe, expect, it } from 'vitest';
import { anApplication, basicFor, fakeContext, now, refusalOf, secret } from '../../../test/support/oauth-fakes.ts';
import type { Application } from '../../ports/store/index.ts';
import { digest } from '../digest.ts';
import { parseParams } from '../params.ts';
import { authenticateClient } from './authenticate.ts';

function authenticate(application: Application, authorization: string | undefined, body = '') {
  const { context } = fakeContext({ applications: [application] });
  return authenticateClient(context, { authorization, params: parseParams(body), now });
}

describe('client authentication (RFC 6749 3.2.1)', () => {
  it('lets in who has the secret', async () => {
    expect(await authenticate(anApplication(), basicFor())).toMatchObject({ clientId: 'insiders_app_1' });
    const body = `client_id=insiders_app_1&client_secret=${secret}`;
    expect(await authenticate(anApplication(), undefined, body)).toMatchObject({ clientId: 'insiders_app_1' });
  });

  it.each([
    ['a wrong secret', anApplication(), basicFor('insiders_app_1', 'wrong')],
    ['an empty secret', anApplication(), basicFor('insiders_app_1', '')],
    ['the stored hash as the secret', anApplication(), basicFor('insiders_app_1', digest(secret))],
    ['an unknown client', anApplication(), basicFor('nobody')],
    ['another case of the client id', anApplication(), basicFor('INSIDERS_APP_1')],
    ['a suspended application', anApplication({ status: 'suspended' }), basicFor()],
    ['a secret for an application that has none', anApplication({ confidential: false }), basicFor()],
  ])('refuses %s', async (_title, application, header) => {
    expect(await refusalOf(() => authenticate(application, header))).toBe('invalid_client');
  });

  it('does not take the name of an application with a secret for the secret', async () => {
    const act = () => authenticate(anApplication(), undefined, 'client_id=insiders_app_1');
    expect(await refusalOf(act)).toBe('invalid_client');
  });

  it('lets a public application name itself', async () => {
    const found = await authenticate(anApplication({ confidential: false }), undefined, 'client_id=insiders_app_1');
    expect(found.confidential).toBe(false);
  });

  it('takes each of two secrets until it retires', async () => {
    const secrets = [
      { id: '1', hash: digest('old'), lastFour: '', createdAt: 0, retiresAt: now },
      { id: '2', hash: digest('new'), lastFour: '', createdAt: 0, retiresAt: null },
    ];
    const applications = { findByClientId: async () => ({ application: anApplication(), secrets }) };
    const used: (string | null)[] = [];
    const by = (value: string, at: number) =>
      authenticateClient(
        { store: { applications }, noteClient: ({ secretId }) => used.push(secretId) },
        {
          authorization: basicFor('insiders_app_1', value),
          params: parseParams(''),
          now: at,
        },
      );
    await by('old', now - 1);
    await by('new', now - 1);
    await by('new', now);
    expect(await refusalOf(() => by('old', now))).toBe('invalid_client');
    expect(used).toEqual(['1', '2', '2']);
  });
});
