import { describe, expect, it } from 'vitest';
import { anApplication, basicFor, fakeContext, now, refused, secret } from '../../../test/support/oauth-fakes.ts';
import type { Application } from '../../ports/store/index.ts';
import { digest } from '../formats/digest.ts';
import { parseParams } from '../params.ts';
import { authenticateClient } from './authenticate.ts';

function authenticate(application: Application, authorization: string | undefined, body = '') {
  const { context } = fakeContext({ applications: [application] });
  return authenticateClient(context, { authorization, params: parseParams(body), network: '192.0.2.1', now });
}

describe('client authentication (RFC 6749 3.2.1)', () => {
  it('accepts the secret in the header or in the body', async () => {
    expect(await authenticate(anApplication(), basicFor())).toMatchObject({ clientId: 'insiders_app_1' });
    const body = `client_id=insiders_app_1&client_secret=${secret}`;
    expect(await authenticate(anApplication(), undefined, body)).toMatchObject({ clientId: 'insiders_app_1' });
  });

  it.each([
    ['a wrong secret', anApplication(), basicFor('insiders_app_1', 'wrong'), 'wrong_secret'],
    ['an empty secret', anApplication(), basicFor('insiders_app_1', ''), 'secret_missing'],
    ['the stored hash as the secret', anApplication(), basicFor('insiders_app_1', digest(secret)), 'wrong_secret'],
    ['an unknown client', anApplication(), basicFor('nobody'), 'unknown_client'],
    ['the client ID in upper case', anApplication(), basicFor('INSIDERS_APP_1'), 'unknown_client'],
    ['the client ID with a space', anApplication(), basicFor('insiders_app_1 '), 'client_id_space'],
    ['the secret with a space', anApplication(), basicFor('insiders_app_1', `${secret} `), 'secret_space'],
    ['a client ID that is only a space', anApplication({ clientId: '' }), basicFor(' '), 'unknown_client'],
    ['a suspended application', anApplication({ status: 'suspended' }), basicFor(), 'suspended'],
    ['a secret for a public application', anApplication({ confidential: false }), basicFor(), 'secret_unexpected'],
  ])('refuses %s', async (_title, application, header, cause) => {
    const error = { row: { error: 'invalid_client' }, cause };
    expect(await refused(() => authenticate(application, header))).toMatchObject(error);
  });

  it('refuses a confidential application that sends only its client ID', async () => {
    const act = () => authenticate(anApplication(), undefined, 'client_id=insiders_app_1');
    expect(await refused(act)).toMatchObject({ row: { error: 'invalid_client' }, cause: 'secret_missing' });
  });

  it.each([
    ['insiders_app_1', 'insiders_app_1', 'application-1'],
    [' insiders_app_1', 'not an id of ours', 'application-1'],
    ['insiders_app_2', 'insiders_app_2', undefined],
    [`insiders_app_${'x'.repeat(41)}`, 'not an id of ours', undefined],
    [`x${secret}`, 'not an id of ours', undefined],
  ])(
    'logs %j only if it has the form of a client ID, with its application',
    async (clientId, logged, applicationId) => {
      const error = await refused(() => authenticate(anApplication(), basicFor(clientId, 'wrong')));
      expect([error.clientId, error.applicationId]).toEqual([logged, applicationId]);
    },
  );

  it('shows developers the end of the active secret', async () => {
    const { shown } = await refused(() => authenticate(anApplication(), basicFor('insiders_app_1', 'wrong')));
    expect(shown.expected).toEqual(['ends in ight']);
  });

  it('adds the suspended application to the error', async () => {
    const error = await refused(() => authenticate(anApplication({ status: 'suspended' }), basicFor()));
    expect(error.applicationId).toBe('application-1');
  });

  it('accepts the client ID of a public application, and records a use without a secret', async () => {
    const { context } = fakeContext({ applications: [anApplication({ confidential: false })] });
    const used: unknown[] = [];
    const found = await authenticateClient(
      { ...context, recordClientUse: (use) => used.push(use) },
      { authorization: undefined, params: parseParams('client_id=insiders_app_1'), network: '', now },
    );
    expect(found.confidential).toBe(false);
    expect(used).toEqual([{ applicationId: 'application-1', secretId: null, usedAt: now }]);
  });

  it('asks the throttle only after a failure, and turns the failure into 429 if there were too many', async () => {
    const { context } = fakeContext({ guesses: 'throttled' });
    const by = (authorization: string) =>
      authenticateClient(context, { authorization, params: parseParams(''), network: '192.0.2.1', now });
    expect(await by(basicFor())).toMatchObject({ clientId: 'insiders_app_1' });
    for (const header of [basicFor('insiders_app_1', 'wrong'), basicFor('nobody')]) {
      expect(await refused(() => by(header))).toMatchObject({ cause: 'too_many_guesses', retryAfterSeconds: 7 });
    }
    expect(await refused(() => by(basicFor('insiders_app_1', '')))).toMatchObject({ cause: 'secret_missing' });
  });

  it('accepts each of two secrets until it expires', async () => {
    const secrets = [
      { id: '1', hash: digest('old'), lastFour: '', createdAt: 0, validUntil: now },
      { id: '2', hash: digest('new'), lastFour: '', createdAt: 0, validUntil: null },
    ];
    const applications = { findByClientId: async () => ({ application: anApplication(), secrets }) };
    const used: (string | null)[] = [];
    const by = (value: string, at: number) =>
      authenticateClient(
        {
          store: { ...fakeContext().context.store, applications },
          recordClientUse: ({ secretId }) => used.push(secretId),
        },
        {
          authorization: basicFor('insiders_app_1', value),
          params: parseParams(''),
          network: '',
          now: at,
        },
      );
    await by('old', now - 1);
    await by('new', now - 1);
    await by('new', now);
    expect(await refused(() => by('old', now))).toMatchObject({ cause: 'secret_revoked' });
    expect(used).toEqual(['1', '2', '2']);
  });
});
