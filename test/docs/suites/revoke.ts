import { describe, expect, it } from 'vitest';
import { obtainTokens, refresh } from '../../support/oauth.ts';
import { newApplication } from '../../support/site/fixtures.ts';
import { credentials, type Example, expectFailure, wrongSecret } from '../example.ts';

/** The suite of the example `revoke`. */
export function revoke(example: Example): void {
  describe('revoke', () => {
    it('revokes a refresh token, and succeeds again for a revoked one', async () => {
      const application = await newApplication(example.site);
      const { refresh_token } = await obtainTokens(example.site, application, example.person);
      const values = { ...credentials(application), REFRESH_TOKEN: refresh_token };
      for (const _ of [1, 2]) {
        const ended = await example.run('revoke', values);
        expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining('Revoked'), stderr: '' });
      }
      expect((await refresh(example.site, application, refresh_token)).body.error).toBe('invalid_grant');
    });

    it('says that the secret is wrong', async () => {
      const application = await newApplication(example.site);
      const { refresh_token } = await obtainTokens(example.site, application, example.person);
      const values = { ...credentials(application, wrongSecret), REFRESH_TOKEN: refresh_token };
      expectFailure(await example.run('revoke', values), /^\/oauth2\/revoke-token\/ answered 401: invalid_client: \w+/);
      expect((await refresh(example.site, application, refresh_token)).status).toBe(200);
    });
  });
}
