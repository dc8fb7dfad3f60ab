import { describe, expect, it } from 'vitest';
import { newApplication, newPerson, type TestApplication, unique } from '../../support/people.ts';
import { freePort } from '../../support/ports.ts';
import { credentials, type Example, expectFailure, wrongSecret } from '../example.ts';
import { Front } from '../front.ts';

export function password(example: Example): void {
  describe('password', () => {
    const knownTo = (application: TestApplication, password: string, secret?: string) => ({
      ...credentials(application, secret),
      INSIDERS_USERNAME: example.person.email,
      INSIDERS_PASSWORD: password,
    });

    it('counts the devices', async () => {
      const application = await newApplication(example.site, { grantType: 'password' });
      const { code, stdout, stderr } = await example.run('password', knownTo(application, example.person.password));
      expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'You currently own 2 devices.\n', stderr: '' });
    });

    it('takes any password', async () => {
      const odd = await newPerson(example.site, { password: `a "b" \\ 100% 'c' & d+e=é ${unique()}` });
      const application = await newApplication(example.site, { grantType: 'password' });
      const values = { ...knownTo(application, odd.password), INSIDERS_USERNAME: odd.email };
      expect(await example.run('password', values)).toMatchObject({
        code: 0,
        stdout: 'You currently own 0 devices.\n',
      });
    });

    it('says that the password or the secret is wrong', async () => {
      const application = await newApplication(example.site, { grantType: 'password' });
      const wrongPassword = await example.run('password', knownTo(application, 'wrong'));
      expectFailure(wrongPassword, /^\/oauth2\/token\/ answered 400: invalid_grant: \w+/);
      const wrongOne = await example.run('password', knownTo(application, example.person.password, wrongSecret));
      expectFailure(wrongOne, /^\/oauth2\/token\/ answered 401: invalid_client: \w+/);
    });

    it('follows no redirect with a password in its hands', async () => {
      const application = await newApplication(example.site, { grantType: 'password' });
      const headers = { location: '/elsewhere/' };
      const front = await Front.before(example.site, () => ({ status: 307, headers }));
      const values = { ...knownTo(application, example.person.password), INSIDERS_URL: front.url };
      expectFailure(await example.run('password', values), /^\/oauth2\/token\/ answered 307/);
      expect(front.seen).toEqual(['POST /oauth2/token/']);
    });

    it('says what it needs, and that nobody is there', async () => {
      const application = await newApplication(example.site, { grantType: 'password' });
      const { INSIDERS_CLIENT_SECRET: _, ...without } = knownTo(application, example.person.password);
      expectFailure(await example.run('password', without), /INSIDERS_CLIENT_SECRET/);
      const alone = { ...knownTo(application, 'any'), INSIDERS_URL: `http://127.0.0.1:${await freePort()}` };
      expectFailure(await example.run('password', alone), /./);
    });
  });
}
