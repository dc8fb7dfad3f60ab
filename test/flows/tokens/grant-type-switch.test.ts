import { describe, expect, it } from 'vitest';
import { aChangeRecord } from '../../support/change-records.ts';
import { Browser } from '../../support/client.ts';
import {
  authorizeUrl,
  callApi,
  callbackOf,
  logInByPassword,
  obtainCode,
  redeem,
  refresh,
  tokensOf,
} from '../../support/oauth.ts';
import { newApplication, newPerson } from '../../support/people.ts';
import { insidersJson } from '../../support/program.ts';
import { onEachSite } from '../../support/server.ts';

onEachSite((site) => {
  const switchTo = (clientId: string, grantType: 'authorization_code' | 'password') =>
    site.store.applications.setGrantType(clientId, grantType, aChangeRecord);

  describe('the one grant type of an application', () => {
    it('can be switched, there and back, and counts from the next request on', async () => {
      const [application, person] = [await newApplication(site), await newPerson(site)];
      const refused = { status: 400, body: { error: 'unauthorized_client' } };
      expect(await logInByPassword(site, application, person)).toMatchObject(refused);
      await switchTo(application.clientId, 'password');
      expect((await logInByPassword(site, application, person)).status).toBe(200);
      const browser = new Browser(site.url);
      await browser.logIn(person);
      const answer = callbackOf(await browser.open(authorizeUrl(application, { state: 's' })));
      expect([answer.get('error'), answer.get('state')]).toEqual(['unauthorized_client', 's']);
      await switchTo(application.clientId, 'authorization_code');
      expect(await logInByPassword(site, application, person)).toMatchObject(refused);
      expect((await redeem(site, application, await obtainCode(site, application, person))).status).toBe(200);
    });

    it('decides about codes that were issued before the switch, and does not use them up', async () => {
      const application = await newApplication(site);
      const code = await obtainCode(site, application, await newPerson(site));
      await switchTo(application.clientId, 'password');
      const answer = await redeem(site, application, code);
      expect([answer.status, answer.body.error]).toEqual([400, 'unauthorized_client']);
      await switchTo(application.clientId, 'authorization_code');
      expect((await redeem(site, application, code)).status).toBe(200);
    });

    it('does not end the tokens that exist', async () => {
      const [application, person] = [await newApplication(site), await newPerson(site)];
      const tokens = tokensOf(await redeem(site, application, await obtainCode(site, application, person)));
      await switchTo(application.clientId, 'password');
      expect((await callApi(site, tokens.access_token)).status).toBe(200);
      expect((await refresh(site, application, tokens.refresh_token)).status).toBe(200);
    });

    it('stops a consent that was on the screen when it was switched', async () => {
      const application = await newApplication(site);
      const browser = new Browser(site.url);
      await browser.logIn(await newPerson(site));
      const consent = await browser.open(authorizeUrl(application, { state: 's' }));
      await switchTo(application.clientId, 'password');
      const done = await browser.submit(consent, '/oauth2/authorize/', { decision: 'authorize' });
      expect(callbackOf(done).get('error')).toBe('unauthorized_client');
      expect(callbackOf(done).has('code')).toBe(false);
    });

    it('is switched by the command line of another process, while the server runs', async () => {
      const [application, person] = [await newApplication(site), await newPerson(site)];
      const command = ['application', 'set-grant-type', application.clientId, 'password', ...site.dataOptions];
      expect(await insidersJson(...command)).toEqual({ client_id: application.clientId, grant_type: 'password' });
      expect((await logInByPassword(site, application, person)).status).toBe(200);
    });
  });
});
