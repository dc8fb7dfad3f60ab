import { describe, expect, it } from 'vitest';
import { run } from '../../cli/run.ts';
import { testChangeRecord } from '../../support/database/change-records.ts';
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
import { newApplication, newUser } from '../../support/site/fixtures.ts';
import { HttpBrowser } from '../../support/site/http-browser.ts';
import { onEachEngine } from '../../support/site/site.ts';

onEachEngine((site) => {
  const switchTo = (clientId: string, grantType: 'authorization_code' | 'password') =>
    site.store.applications.setGrantType(clientId, grantType, {
      event: { ...testChangeRecord.event, at: Date.now() },
    });

  describe('the grant type of an application', () => {
    it('can be switched and switched back, from the next request on', async () => {
      const [application, person] = [await newApplication(site), await newUser(site)];
      const refused = { status: 400, body: { error: 'unauthorized_client' } };
      expect(await logInByPassword(site, application, person)).toMatchObject(refused);
      await switchTo(application.clientId, 'password');
      expect((await logInByPassword(site, application, person)).status).toBe(200);
      const browser = new HttpBrowser(site.url);
      await browser.logIn(person);
      const response = callbackOf(await browser.open(authorizeUrl(application, { state: 's' })));
      expect([response.get('error'), response.get('state')]).toEqual(['unauthorized_client', 's']);
      await switchTo(application.clientId, 'authorization_code');
      expect(await logInByPassword(site, application, person)).toMatchObject(refused);
      expect((await redeem(site, application, await obtainCode(site, application, person))).status).toBe(200);
    });

    it('invalidates codes that were issued before the switch, also after switching back', async () => {
      const application = await newApplication(site);
      const code = await obtainCode(site, application, await newUser(site));
      await switchTo(application.clientId, 'password');
      const response = await redeem(site, application, code);
      expect([response.status, response.body.error]).toEqual([400, 'unauthorized_client']);
      await switchTo(application.clientId, 'authorization_code');
      expect((await redeem(site, application, code)).body.error).toBe('invalid_grant');
    });

    it('does not revoke existing tokens', async () => {
      const [application, person] = [await newApplication(site), await newUser(site)];
      const tokens = tokensOf(await redeem(site, application, await obtainCode(site, application, person)));
      await switchTo(application.clientId, 'password');
      expect((await callApi(site, tokens.access_token)).status).toBe(200);
      expect((await refresh(site, application, tokens.refresh_token)).status).toBe(200);
    });

    it('applies to a consent page that was shown before the switch', async () => {
      const application = await newApplication(site);
      const browser = new HttpBrowser(site.url);
      await browser.logIn(await newUser(site));
      const consent = await browser.open(authorizeUrl(application, { state: 's' }));
      await switchTo(application.clientId, 'password');
      const done = await browser.submit(consent, '/oauth2/authorize/', { decision: 'authorize' });
      expect(callbackOf(done).get('error')).toBe('unauthorized_client');
      expect(callbackOf(done).has('code')).toBe(false);
    });

    it('can be switched on the command line while the server runs', async () => {
      const [application, person] = [await newApplication(site), await newUser(site)];
      const command = ['application', 'set-grant-type', application.clientId, 'password', ...site.dataOptions];
      const ran = await run([...command, '--json'], { environment: site.commandEnvironment });
      expect(JSON.parse(ran.stdout)).toEqual({ client_id: application.clientId, grant_type: 'password' });
      expect((await logInByPassword(site, application, person)).status).toBe(200);
    });
  });
});
