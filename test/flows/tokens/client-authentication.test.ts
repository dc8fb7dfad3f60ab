import { describe, expect, it } from 'vitest';
import { testChangeRecord } from '../../support/database/change-records.ts';
import {
  basic,
  introspectPath,
  logInByPassword,
  postForm,
  revokePath,
  textWithoutRequestId,
  tokenPath,
  tokensOf,
} from '../../support/oauth.ts';
import { newApplication, newUser, type TestApplication } from '../../support/site/fixtures.ts';
import { onEachEngine } from '../../support/site/site.ts';

const form = { grant_type: 'refresh_token', refresh_token: 'x', token: 'x' };
const paths = [tokenPath, revokePath, introspectPath];

onEachEngine((site) => {
  describe('an application at a back channel endpoint', () => {
    it.each(paths)('gets 401 with the scheme when it does not authenticate: %s', async (path) => {
      const response = await postForm(site, path, null, form);
      expect(response.status).toBe(401);
      expect(response.body.error).toBe('invalid_client');
      expect(response.headers.get('www-authenticate')).toBe('Basic realm="insiders"');
      expect(response.headers.get('cache-control')).toBe('no-store');
    });

    it('gets the same error whether it is unknown, has another secret or is suspended', async () => {
      const [application, suspended] = [await newApplication(site), await newApplication(site)];
      await site.store.applications.setStatus(suspended.clientId, 'suspended', testChangeRecord);
      const responses = await Promise.all(
        [{ ...application, clientId: 'nobody' }, { ...application, clientSecret: 'wrong' }, suspended].map((each) =>
          postForm(site, tokenPath, each, form),
        ),
      );
      expect(responses.map((response) => response.status)).toEqual([401, 401, 401]);
      expect(new Set(responses.map(textWithoutRequestId)).size).toBe(1);
    });

    it.each<[string, (application: TestApplication) => string]>([
      ['nothing after the scheme', () => 'Basic'],
      ['text that is not base64', () => 'Basic !!!'],
      ['base64 with padding inside', () => 'Basic abc=def'],
      ['two parts', (application) => `${basic(application)} x`],
      ['no colon', ({ clientId }) => `Basic ${btoa(clientId)}`],
      ['an empty secret', ({ clientId }) => `Basic ${btoa(`${clientId}:`)}`],
      ['an empty client ID', ({ clientSecret }) => `Basic ${btoa(`:${clientSecret}`)}`],
      ['broken percent-encoding', ({ clientId }) => `Basic ${btoa(`${clientId}%ZZ:x`)}`],
      [
        'a client ID in upper case',
        (application) => basic({ ...application, clientId: application.clientId.toUpperCase() }),
      ],
      ['a client ID with a space', (application) => basic({ ...application, clientId: `${application.clientId} ` })],
      ['a client ID with NUL', (application) => basic({ ...application, clientId: `${application.clientId}\0` })],
      [
        'a client ID in full-width characters',
        (application) => `Basic ${Buffer.from(`${fullWidth(application.clientId)}:x`).toString('base64')}`,
      ],
      ['another scheme', (application) => basic(application).replace('Basic', 'Digest')],
      ['a bearer token', () => 'Bearer insiders_at_x'],
    ])('is refused with %s in the Authorization header', async (_name, header) => {
      const application = await newApplication(site);
      for (const path of paths) {
        const response = await postForm(site, path, null, form, { authorization: header(application) });
        expect([response.status, response.body.error]).toEqual([401, 'invalid_client']);
      }
    });

    it('is refused with two methods at once, or with two client IDs', async () => {
      const [application, other] = [await newApplication(site), await newApplication(site)];
      const { clientId, clientSecret } = application;
      for (const path of paths) {
        const both = { ...form, client_id: clientId, client_secret: clientSecret ?? '' };
        const foreign = { ...form, client_id: other.clientId };
        for (const fields of [both, foreign]) {
          const response = await postForm(site, path, application, fields);
          expect([response.status, response.body.error]).toEqual([400, 'invalid_request']);
        }
      }
    });

    it('is not authenticated by the query', async () => {
      const application = await newApplication(site, { grantType: 'password' });
      const person = await newUser(site);
      const { clientId, clientSecret } = application;
      const credentials = new URLSearchParams({ client_id: clientId, client_secret: clientSecret ?? '' });
      for (const path of paths) {
        expect((await postForm(site, `${path}?${credentials}`, null, form)).status).toBe(401);
      }
      const grant = { grant_type: 'password', username: person.email, password: person.password };
      const response = await postForm(site, `${tokenPath}?${new URLSearchParams(grant)}`, application, {});
      expect([response.status, response.body.error]).toEqual([400, 'invalid_request']);
    });

    it('may form-encode its client ID and secret in the header', async () => {
      const application = await newApplication(site, { grantType: 'password' });
      expect(application.clientId).toMatch(/^[A-Za-z0-9_-]+$/);
      expect(application.clientSecret).toMatch(/^[A-Za-z0-9_-]{40,}$/);
      tokensOf(await logInByPassword(site, application, await newUser(site)));
      // Every character is encoded.
      const encode = (text: string) => [...text].map((char) => `%${char.charCodeAt(0).toString(16)}`).join('');
      const header = `Basic ${btoa(`${encode(application.clientId)}:${encode(application.clientSecret ?? '')}`)}`;
      const response = await postForm(site, tokenPath, null, form, { authorization: header });
      expect(response.body.error).toBe('invalid_grant');
    });

    it('is refused without its secret if it is confidential, and with a secret if it is public', async () => {
      const [confidential, isPublic] = [await newApplication(site), await newApplication(site, { isPublic: true })];
      const withoutSecret = await postForm(site, tokenPath, null, { ...form, client_id: confidential.clientId });
      expect(withoutSecret.status).toBe(401);
      const publicClient = await postForm(site, tokenPath, isPublic, form);
      expect([publicClient.status, publicClient.body.error]).toEqual([400, 'invalid_grant']);
      const withSecret = await postForm(site, tokenPath, null, {
        ...form,
        client_id: isPublic.clientId,
        client_secret: 'made up',
      });
      expect(withSecret.status).toBe(401);
    });

    it('has a secret of which only the digest and the last four characters are stored', async () => {
      const application = await newApplication(site);
      const found = await site.store.applications.findByClientId(application.clientId);
      expect(found?.secrets).toHaveLength(1);
      expect(found?.secrets[0]?.hash).not.toContain(application.clientSecret);
      expect(found?.secrets[0]?.lastFour).toBe(application.clientSecret?.slice(-4));
    });
  });
});

function fullWidth(text: string): string {
  return [...text].map((char) => String.fromCodePoint(char.charCodeAt(0) + 0xfee0)).join('');
}
