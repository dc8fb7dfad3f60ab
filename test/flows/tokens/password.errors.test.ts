import { describe, expect, it } from 'vitest';
import { aChangeRecord } from '../../support/change-records.ts';
import { logInByPassword, refresh, requestToken, tokensOf, wordsOf } from '../../support/oauth.ts';
import { newApplication, newPerson } from '../../support/people.ts';
import { onEachSite } from '../../support/server.ts';

onEachSite((site) => {
  describe('the password grant', () => {
    it('says the same of a wrong password, an unknown user, a disabled one and what is no address', async () => {
      const application = await newApplication(site, { grantType: 'password' });
      const [person, disabled] = [await newPerson(site), await newPerson(site)];
      await site.store.users.setDisabled(disabled.id, Date.now(), aChangeRecord);
      const answers = [
        await logInByPassword(site, application, { ...person, password: 'not the password' }),
        await logInByPassword(site, application, { ...person, email: 'nobody@club.example' }),
        await logInByPassword(site, application, disabled),
        await logInByPassword(site, application, { ...person, email: 'no address at all' }),
        await logInByPassword(site, application, { ...person, email: 'x'.repeat(10_000) }),
      ];
      for (const answer of answers) {
        expect([answer.status, answer.body.error]).toEqual([400, 'invalid_grant']);
      }
      expect(new Set(answers.map(wordsOf)).size).toBe(1);
      const namesOfHeaders = answers.map((answer) => [...answer.headers.keys()].join());
      expect(new Set(namesOfHeaders).size).toBe(1);
      expect(answers[0]?.headers.get('www-authenticate')).toBeNull();
    });

    it.each(['username', 'password'])('needs %s', async (name) => {
      const [application, person] = [await newApplication(site, { grantType: 'password' }), await newPerson(site)];
      const grant = { grant_type: 'password', username: person.email, password: person.password };
      for (const { [name]: _, ...rest } of [grant as Record<string, string>]) {
        for (const fields of [rest, { ...rest, [name]: '' }]) {
          const answer = await requestToken(site, application, fields);
          expect([answer.status, answer.body.error]).toEqual([400, 'invalid_request']);
        }
      }
    });

    it('is refused to an application of the other grant type, without a look at the password', async () => {
      const [application, person] = [await newApplication(site), await newPerson(site)];
      const right = await logInByPassword(site, application, person);
      const wrong = await logInByPassword(site, application, { ...person, password: 'not the password' });
      expect([right.status, right.body.error]).toEqual([400, 'unauthorized_client']);
      expect(wordsOf(wrong)).toBe(wordsOf(right));
      // None of these counts as a guess: the throttle would be full by now.
      for (let times = 0; times < 25; times += 1) {
        await logInByPassword(site, application, { ...person, password: `guess ${times}` });
      }
      const other = await newApplication(site, { grantType: 'password' });
      expect((await logInByPassword(site, other, person)).status).toBe(200);
    });

    it('says nothing of the password to somebody who is no application', async () => {
      const [application, person] = [await newApplication(site, { grantType: 'password' }), await newPerson(site)];
      const stranger = { ...application, clientSecret: 'wrong' };
      const right = await logInByPassword(site, stranger, person);
      const wrong = await logInByPassword(site, stranger, { ...person, password: 'not the password' });
      expect([right.status, right.body.error]).toEqual([401, 'invalid_client']);
      expect(wordsOf(wrong)).toBe(wordsOf(right));
    });

    it.each(['admin', 'ALL', 'all admin', 'all,'])(
      'knows no scope %s, and looks at no password for it',
      async (scope) => {
        const [application, person] = [await newApplication(site, { grantType: 'password' }), await newPerson(site)];
        const grant = { grant_type: 'password', username: person.email, password: person.password, scope };
        const answer = await requestToken(site, application, grant);
        expect([answer.status, answer.body.error]).toEqual([400, 'invalid_scope']);
        expect(answer.text).not.toContain('admin');
      },
    );

    it('shows neither the password nor the user name in its answer', async () => {
      const [application, person] = [await newApplication(site, { grantType: 'password' }), await newPerson(site)];
      const answer = await logInByPassword(site, application, { ...person, password: 'sesame-open-now' });
      expect(answer.text).not.toContain('sesame');
      expect(answer.text).not.toContain(person.email);
    });

    it('ends its tokens when the password is changed, and no others', async () => {
      const [application, person] = [await newApplication(site, { grantType: 'password' }), await newPerson(site)];
      const tokens = tokensOf(await logInByPassword(site, application, person));
      const change = {
        userId: person.id,
        passwordEpoch: 0,
        passwordHash: 'another',
        keepSession: null,
        now: Date.now(),
        record: aChangeRecord,
      };
      await site.store.users.changePassword(change);
      const answer = await refresh(site, application, tokens.refresh_token);
      expect([answer.status, answer.body.error]).toEqual([400, 'invalid_grant']);
    });
  });
});
