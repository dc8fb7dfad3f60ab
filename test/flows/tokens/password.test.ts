import { describe, expect, it } from 'vitest';
import { callApi, logInByPassword, requestToken, tokensOf } from '../../support/oauth.ts';
import { newApplication, newDevice, newPerson, unique } from '../../support/people.ts';
import { onEachSite } from '../../support/server.ts';

onEachSite((site) => {
  describe('the password grant', () => {
    it('exchanges user name and password for tokens, a refresh token included', async () => {
      const [application, person] = [await newApplication(site, { grantType: 'password' }), await newPerson(site)];
      await newDevice(site, person);
      await newDevice(site, person);
      await newDevice(site, await newPerson(site));
      const answer = await logInByPassword(site, application, person);
      expect(Object.keys(answer.body)).toEqual(['access_token', 'expires_in', 'token_type', 'scope', 'refresh_token']);
      expect(answer.body).toMatchObject({ expires_in: 36000, token_type: 'Bearer', scope: 'all' });
      const devices = await callApi(site, tokensOf(answer).access_token);
      expect(devices.body).toMatchObject({ count: 2, page: 1, next: null, previous: null });
    });

    it.each([[undefined], ['all'], [''], ['all all']])('takes the scope %j as all', async (scope) => {
      const [application, person] = [await newApplication(site, { grantType: 'password' }), await newPerson(site)];
      const grant = { grant_type: 'password', username: person.email, password: person.password };
      const answer = await requestToken(site, application, scope === undefined ? grant : { ...grant, scope });
      expect(tokensOf(answer).scope).toBe('all');
    });

    it('knows an address in capitals and with spaces around it, as the log-in page does', async () => {
      const [application, person] = [await newApplication(site, { grantType: 'password' }), await newPerson(site)];
      const typed = { ...person, email: ` ${person.email.toUpperCase()} ` };
      expect((await logInByPassword(site, application, typed)).status).toBe(200);
    });

    it('lets an application log in again and again: none of its older tokens ends', async () => {
      const [application, person] = [await newApplication(site, { grantType: 'password' }), await newPerson(site)];
      const answers = [];
      for (let times = 0; times < 25; times += 1) answers.push(await logInByPassword(site, application, person));
      for (const answer of answers) {
        expect((await callApi(site, tokensOf(answer).access_token)).status).toBe(200);
      }
      const connected = await site.store.authorizations.listConnected(person.id);
      expect(connected.map(({ authorization }) => authorization.method)).toEqual(['password']);
    });

    it('gives tokens the lifetime that the application has', async () => {
      const application = await newApplication(site, { grantType: 'password', accessTokenSeconds: 120 });
      const answer = await logInByPassword(site, application, await newPerson(site));
      expect(answer.body.expires_in).toBe(120);
    });

    it('serves a public application, which only names itself', async () => {
      const application = await newApplication(site, { grantType: 'password', isPublic: true });
      expect((await logInByPassword(site, application, await newPerson(site))).status).toBe(200);
    });

    it('compares the password exactly: spaces, case and length count', async () => {
      const application = await newApplication(site, { grantType: 'password' });
      const password = ` Ein langes Geheimnis ${'x'.repeat(150)}${unique()} `;
      const person = await newPerson(site, { password });
      expect((await logInByPassword(site, application, person)).status).toBe(200);
      for (const wrong of [password.trim(), password.toLowerCase(), password.slice(0, 72), `${password} `]) {
        expect((await logInByPassword(site, application, { ...person, password: wrong })).status).toBe(400);
      }
    });
  });
});
