import { describe, expect, it } from 'vitest';
import { aChangeRecord } from '../../support/change-records.ts';
import {
  basic,
  introspectPath,
  logInByPassword,
  postForm,
  revokePath,
  tokenPath,
  tokensOf,
  wordsOf,
} from '../../support/oauth.ts';
import { newApplication, newPerson, type TestApplication } from '../../support/people.ts';
import { onEachSite } from '../../support/server.ts';

const form = { grant_type: 'refresh_token', refresh_token: 'x', token: 'x' };
const paths = [tokenPath, revokePath, introspectPath];

onEachSite((site) => {
  describe('an application that calls an endpoint for programs', () => {
    it.each(paths)('is told to authenticate, by which scheme, when it does not: %s', async (path) => {
      const answer = await postForm(site, path, null, form);
      expect(answer.status).toBe(401);
      expect(answer.body.error).toBe('invalid_client');
      expect(answer.headers.get('www-authenticate')).toBe('Basic realm="insiders"');
      expect(answer.headers.get('cache-control')).toBe('no-store');
    });

    it('is refused in the same words whether it is unknown, has another secret or is suspended', async () => {
      const [application, suspended] = [await newApplication(site), await newApplication(site)];
      await site.store.applications.setStatus(suspended.clientId, 'suspended', aChangeRecord);
      const answers = await Promise.all(
        [{ ...application, clientId: 'nobody' }, { ...application, clientSecret: 'wrong' }, suspended].map((each) =>
          postForm(site, tokenPath, each, form),
        ),
      );
      expect(answers.map((answer) => answer.status)).toEqual([401, 401, 401]);
      expect(new Set(answers.map(wordsOf)).size).toBe(1);
    });

    it.each<[string, (application: TestApplication) => string]>([
      ['nothing after the scheme', () => 'Basic'],
      ['what is not base64', () => 'Basic !!!'],
      ['base64 with a hole', () => 'Basic abc=def'],
      ['two parts', (application) => `${basic(application)} x`],
      ['no colon', ({ clientId }) => `Basic ${btoa(clientId)}`],
      ['an empty secret', ({ clientId }) => `Basic ${btoa(`${clientId}:`)}`],
      ['an empty name', ({ clientSecret }) => `Basic ${btoa(`:${clientSecret}`)}`],
      ['broken percent-encoding', ({ clientId }) => `Basic ${btoa(`${clientId}%ZZ:x`)}`],
      [
        'a name in other case',
        (application) => basic({ ...application, clientId: application.clientId.toUpperCase() }),
      ],
      ['a name with a space', (application) => basic({ ...application, clientId: `${application.clientId} ` })],
      ['a name with NUL', (application) => basic({ ...application, clientId: `${application.clientId}\0` })],
      [
        'a name in full width',
        (application) => `Basic ${Buffer.from(`${fullWidth(application.clientId)}:x`).toString('base64')}`,
      ],
      ['another scheme', (application) => basic(application).replace('Basic', 'Digest')],
      ['a bearer token', () => 'Bearer insiders_at_x'],
    ])('is refused with an Authorization header with %s', async (_name, header) => {
      const application = await newApplication(site);
      for (const path of paths) {
        const answer = await postForm(site, path, null, form, { authorization: header(application) });
        expect([answer.status, answer.body.error]).toEqual([401, 'invalid_client']);
      }
    });

    it('may not use two ways at once, nor name two applications', async () => {
      const [application, other] = [await newApplication(site), await newApplication(site)];
      const { clientId, clientSecret } = application;
      for (const path of paths) {
        const both = { ...form, client_id: clientId, client_secret: clientSecret ?? '' };
        const foreign = { ...form, client_id: other.clientId };
        for (const wrong of [both, foreign]) {
          const answer = await postForm(site, path, application, wrong);
          expect([answer.status, answer.body.error]).toEqual([400, 'invalid_request']);
        }
      }
    });

    it('is never authenticated by what is in the address', async () => {
      const application = await newApplication(site, { grantType: 'password' });
      const person = await newPerson(site);
      const { clientId, clientSecret } = application;
      const credentials = new URLSearchParams({ client_id: clientId, client_secret: clientSecret ?? '' });
      for (const path of paths) {
        expect((await postForm(site, `${path}?${credentials}`, null, form)).status).toBe(401);
      }
      const asked = { grant_type: 'password', username: person.email, password: person.password };
      const answer = await postForm(site, `${tokenPath}?${new URLSearchParams(asked)}`, application, {});
      expect([answer.status, answer.body.error]).toEqual([400, 'invalid_request']);
    });

    it('may send its name and secret form-encoded in the header, since that makes no difference to ours', async () => {
      const application = await newApplication(site, { grantType: 'password' });
      expect(application.clientId).toMatch(/^[A-Za-z0-9_-]+$/);
      expect(application.clientSecret).toMatch(/^[A-Za-z0-9_-]{40,}$/);
      tokensOf(await logInByPassword(site, application, await newPerson(site)));
      // The most eager of encoders: every character.
      const encode = (text: string) => [...text].map((sign) => `%${sign.charCodeAt(0).toString(16)}`).join('');
      const header = `Basic ${btoa(`${encode(application.clientId)}:${encode(application.clientSecret ?? '')}`)}`;
      const answer = await postForm(site, tokenPath, null, form, { authorization: header });
      expect(answer.body.error).toBe('invalid_grant');
    });

    it('is refused without its secret, unless it is public; a public one is refused with a secret', async () => {
      const [withSecret, isPublic] = [await newApplication(site), await newApplication(site, { isPublic: true })];
      const bare = await postForm(site, tokenPath, null, { ...form, client_id: withSecret.clientId });
      expect(bare.status).toBe(401);
      const named = await postForm(site, tokenPath, isPublic, form);
      expect([named.status, named.body.error]).toEqual([400, 'invalid_grant']);
      const pretending = await postForm(site, tokenPath, null, {
        ...form,
        client_id: isPublic.clientId,
        client_secret: 'made up',
      });
      expect(pretending.status).toBe(401);
    });

    it('has a secret of which only a digest and the last four characters are kept', async () => {
      const application = await newApplication(site);
      const found = await site.store.applications.findByClientId(application.clientId);
      expect(found?.secrets).toHaveLength(1);
      expect(found?.secrets[0]?.hash).not.toContain(application.clientSecret);
      expect(found?.secrets[0]?.lastFour).toBe(application.clientSecret?.slice(-4));
    });
  });
});

function fullWidth(text: string): string {
  return [...text].map((sign) => String.fromCodePoint(sign.charCodeAt(0) + 0xfee0)).join('');
}
