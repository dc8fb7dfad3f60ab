import { describe, expect, it } from 'vitest';
import { testChangeRecord } from '../../support/database/change-records.ts';
import { logInByPassword, refresh, requestToken, textWithoutRequestId, tokensOf } from '../../support/oauth.ts';
import { newApplication, newUser } from '../../support/site/fixtures.ts';
import { onEachEngine } from '../../support/site/site.ts';

onEachEngine((site) => {
  describe('the password grant', () => {
    it('returns the same error for a wrong password, an unknown or disabled user, and an invalid address', async () => {
      const application = await newApplication(site, { grantType: 'password' });
      const [person, disabled] = [await newUser(site), await newUser(site)];
      await site.store.users.setDisabled(disabled.id, Date.now(), testChangeRecord);
      const responses = [
        await logInByPassword(site, application, { ...person, password: 'not the password' }),
        await logInByPassword(site, application, { ...person, email: 'nobody@club.example' }),
        await logInByPassword(site, application, disabled),
        await logInByPassword(site, application, { ...person, email: 'no address at all' }),
        await logInByPassword(site, application, { ...person, email: 'x'.repeat(10_000) }),
      ];
      for (const response of responses) {
        expect([response.status, response.body.error]).toEqual([400, 'invalid_grant']);
      }
      expect(new Set(responses.map(textWithoutRequestId)).size).toBe(1);
      const headerNames = responses.map((response) => [...response.headers.keys()].join());
      expect(new Set(headerNames).size).toBe(1);
      expect(responses[0]?.headers.get('www-authenticate')).toBeNull();
    });

    it.each(['username', 'password'])('requires %s', async (name) => {
      const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
      const grant = { grant_type: 'password', username: person.email, password: person.password };
      for (const { [name]: _, ...rest } of [grant as Record<string, string>]) {
        for (const fields of [rest, { ...rest, [name]: '' }]) {
          const response = await requestToken(site, application, fields);
          expect([response.status, response.body.error]).toEqual([400, 'invalid_request']);
        }
      }
    });

    it('is refused to an application of the other grant type, without a password check', async () => {
      const [application, person] = [await newApplication(site), await newUser(site)];
      const right = await logInByPassword(site, application, person);
      const wrong = await logInByPassword(site, application, { ...person, password: 'not the password' });
      expect([right.status, right.body.error]).toEqual([400, 'unauthorized_client']);
      expect(textWithoutRequestId(wrong)).toBe(textWithoutRequestId(right));
      // None of these counts for the throttle, whose limit is lower.
      for (let times = 0; times < 25; times += 1) {
        await logInByPassword(site, application, { ...person, password: `guess ${times}` });
      }
      const other = await newApplication(site, { grantType: 'password' });
      expect((await logInByPassword(site, other, person)).status).toBe(200);
    });

    it('does not check the password for a client that is not authenticated', async () => {
      const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
      const unauthenticated = { ...application, clientSecret: 'wrong' };
      const right = await logInByPassword(site, unauthenticated, person);
      const wrong = await logInByPassword(site, unauthenticated, { ...person, password: 'not the password' });
      expect([right.status, right.body.error]).toEqual([401, 'invalid_client']);
      expect(textWithoutRequestId(wrong)).toBe(textWithoutRequestId(right));
    });

    it.each(['admin', 'ALL', 'all admin', 'all,'])('refuses the scope %s, without a password check', async (scope) => {
      const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
      const grant = { grant_type: 'password', username: person.email, password: person.password, scope };
      const response = await requestToken(site, application, grant);
      expect([response.status, response.body.error]).toEqual([400, 'invalid_scope']);
      expect(response.text).not.toContain('admin');
    });

    it('returns neither the password nor the user name', async () => {
      const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
      const response = await logInByPassword(site, application, { ...person, password: 'sesame-open-now' });
      expect(response.text).not.toContain('sesame');
      expect(response.text).not.toContain(person.email);
    });

    it('revokes its tokens when the password is changed', async () => {
      const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
      const tokens = tokensOf(await logInByPassword(site, application, person));
      const change = {
        userId: person.id,
        passwordEpoch: 0,
        passwordHash: 'another',
        keepSession: null,
        now: Date.now(),
        record: testChangeRecord,
      };
      await site.store.users.changePassword(change);
      const response = await refresh(site, application, tokens.refresh_token);
      expect([response.status, response.body.error]).toEqual([400, 'invalid_grant']);
    });
  });
});
