import { describe, expect, it } from 'vitest';
import { callApi, logInByPassword, requestToken, tokensOf } from '../../support/oauth.ts';
import { newApplication, newDevice, newUser, uniqueText } from '../../support/site/fixtures.ts';
import { onEachEngine } from '../../support/site/site.ts';

onEachEngine((site) => {
  describe('the password grant', () => {
    it('returns tokens for user name and password, with a refresh token', async () => {
      const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
      await newDevice(site, person);
      await newDevice(site, person);
      await newDevice(site, await newUser(site));
      const response = await logInByPassword(site, application, person);
      expect(Object.keys(response.body)).toEqual([
        'access_token',
        'expires_in',
        'token_type',
        'scope',
        'refresh_token',
      ]);
      expect(response.body).toMatchObject({ expires_in: 36000, token_type: 'Bearer', scope: 'all' });
      const devices = await callApi(site, tokensOf(response).access_token);
      expect(devices.body).toMatchObject({ count: 2, page: 1, next: null, previous: null });
    });

    it.each([[undefined], ['all'], [''], ['all all']])('grants all for the scope %j', async (scope) => {
      const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
      const grant = { grant_type: 'password', username: person.email, password: person.password };
      const response = await requestToken(site, application, scope === undefined ? grant : { ...grant, scope });
      expect(tokensOf(response).scope).toBe('all');
    });

    it('accepts an email address in upper case and with spaces around it, as the login page does', async () => {
      const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
      const typed = { ...person, email: ` ${person.email.toUpperCase()} ` };
      expect((await logInByPassword(site, application, typed)).status).toBe(200);
    });

    it('does not revoke access tokens of earlier logins', async () => {
      const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
      const responses = [];
      for (let times = 0; times < 25; times += 1) responses.push(await logInByPassword(site, application, person));
      for (const response of responses) {
        expect((await callApi(site, tokensOf(response).access_token)).status).toBe(200);
      }
      const connected = await site.store.authorizations.listConnected(person.id);
      expect(connected.map(({ authorization }) => authorization.method)).toEqual(['password']);
    });

    it('returns tokens with the lifetime of the application', async () => {
      const application = await newApplication(site, { grantType: 'password', accessTokenSeconds: 120 });
      const response = await logInByPassword(site, application, await newUser(site));
      expect(response.body.expires_in).toBe(120);
    });

    it('accepts a public application, which sends only its client ID', async () => {
      const application = await newApplication(site, { grantType: 'password', isPublic: true });
      expect((await logInByPassword(site, application, await newUser(site))).status).toBe(200);
    });

    it('compares the password exactly: spaces, case and length count', async () => {
      const application = await newApplication(site, { grantType: 'password' });
      const password = ` Ein langes Geheimnis ${'x'.repeat(150)}${uniqueText()} `;
      const person = await newUser(site, { password });
      expect((await logInByPassword(site, application, person)).status).toBe(200);
      for (const wrong of [password.trim(), password.toLowerCase(), password.slice(0, 72), `${password} `]) {
        expect((await logInByPassword(site, application, { ...person, password: wrong })).status).toBe(400);
      }
    });
  });
});
