import { describe, expect, it } from 'vitest';
import { freePort } from '../../support/processes/ports.ts';
import { newApplication, newUser, type TestApplication, uniqueText } from '../../support/site/fixtures.ts';
import { credentials, type Example, expectFailure, wrongSecret } from '../example.ts';
import { Front } from '../front.ts';

/** The suite of the example `password`. */
export function password(example: Example): void {
  describe('password', () => {
    const valuesFor = (application: TestApplication, password: string, secret?: string) => ({
      ...credentials(application, secret),
      INSIDERS_USERNAME: example.person.email,
      INSIDERS_PASSWORD: password,
    });

    it('prints the number of devices', async () => {
      const application = await newApplication(example.site, { grantType: 'password' });
      const { code, stdout, stderr } = await example.run('password', valuesFor(application, example.person.password));
      expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'You currently own 2 devices.\n', stderr: '' });
    });

    it('sends passwords with special characters', async () => {
      const user = await newUser(example.site, { password: `a "b" \\ 100% 'c' & d+e=é ${uniqueText()}` });
      const application = await newApplication(example.site, { grantType: 'password' });
      const values = { ...valuesFor(application, user.password), INSIDERS_USERNAME: user.email };
      expect(await example.run('password', values)).toMatchObject({
        code: 0,
        stdout: 'You currently own 0 devices.\n',
      });
    });

    it('says that the password or the secret is wrong', async () => {
      const application = await newApplication(example.site, { grantType: 'password' });
      const wrongPassword = await example.run('password', valuesFor(application, 'wrong'));
      expectFailure(wrongPassword, /^\/oauth2\/token\/ answered 400: invalid_grant: \w+/);
      const wrongClient = await example.run('password', valuesFor(application, example.person.password, wrongSecret));
      expectFailure(wrongClient, /^\/oauth2\/token\/ answered 401: invalid_client: \w+/);
    });

    it('does not follow redirects with a password', async () => {
      const application = await newApplication(example.site, { grantType: 'password' });
      const headers = { location: '/elsewhere/' };
      const front = await Front.before(example.site, () => ({ status: 307, headers }));
      const values = { ...valuesFor(application, example.person.password), INSIDERS_URL: front.url };
      expectFailure(await example.run('password', values), /^\/oauth2\/token\/ answered 307/);
      expect(front.seen).toEqual(['POST /oauth2/token/']);
    });

    it('says which setting is missing, and that no server responds', async () => {
      const application = await newApplication(example.site, { grantType: 'password' });
      const { INSIDERS_CLIENT_SECRET: _, ...without } = valuesFor(application, example.person.password);
      expectFailure(await example.run('password', without), /INSIDERS_CLIENT_SECRET/);
      const unreachable = { ...valuesFor(application, 'any'), INSIDERS_URL: `http://127.0.0.1:${await freePort()}` };
      expectFailure(await example.run('password', unreachable), /./);
    });
  });
}
