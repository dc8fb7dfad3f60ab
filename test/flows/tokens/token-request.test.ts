import { describe, expect, it } from 'vitest';
import { chunkedRequest, sendRaw } from '../../support/network/raw-http.ts';
import {
  basic,
  introspectPath,
  logInByPassword,
  postForm,
  readResponse,
  revokePath,
  tokenPath,
  tokensOf,
} from '../../support/oauth.ts';
import { newApplication, newUser } from '../../support/site/fixtures.ts';
import { onEachEngine } from '../../support/site/site.ts';

const formType = 'application/x-www-form-urlencoded';

onEachEngine((site) => {
  describe('the body of a back channel request', () => {
    it.each([
      ['JSON', 400, 'application/json', (fields: Record<string, string>) => JSON.stringify(fields)],
      ['text', 400, 'text/plain', (fields: Record<string, string>) => `${new URLSearchParams(fields)}`],
      ['multipart', 400, 'multipart/form-data; boundary=x', () => '--x--'],
      ['an invalid content type', 415, 'a/b/c; d', () => 'x'],
    ])('is refused as %s', async (_name, status, contentType, write) => {
      const [application, fields] = await setUp();
      for (const path of [tokenPath, revokePath, introspectPath]) {
        const headers = { 'content-type': contentType, authorization: basic(application) };
        const response = await readResponse(
          await fetch(site.url + path, { method: 'POST', headers, body: write(fields) }),
        );
        expect([response.status, response.body.error]).toEqual([status, 'invalid_request']);
      }
    });

    it('is refused if it is not UTF-8', async () => {
      const [application] = await setUp();
      const headers = { 'content-type': formType, authorization: basic(application) };
      const body = Buffer.concat([Buffer.from('grant_type=password&username=a&password=pass'), Buffer.from([0xff])]);
      const response = await readResponse(await fetch(site.url + tokenPath, { method: 'POST', headers, body }));
      expect([response.status, response.body.error]).toEqual([400, 'invalid_request']);
    });

    it('is refused without a content type', async () => {
      const [application, fields] = await setUp();
      const body = Buffer.from(`${new URLSearchParams(fields)}`);
      const headers = { authorization: basic(application) };
      const response = await readResponse(await fetch(site.url + tokenPath, { method: 'POST', headers, body }));
      expect([response.status, response.body.error]).toEqual([400, 'invalid_request']);
    });

    it.each([
      ['no grant_type', {}, 'invalid_request'],
      ['an empty grant_type', { grant_type: '' }, 'invalid_request'],
      ['an unknown grant_type', { grant_type: 'banana' }, 'unsupported_grant_type'],
      ['client_credentials', { grant_type: 'client_credentials' }, 'unsupported_grant_type'],
      ['a grant_type in upper case', { grant_type: 'PASSWORD' }, 'unsupported_grant_type'],
      ['a grant_type with a space', { grant_type: 'password ' }, 'unsupported_grant_type'],
      ['a grant_type that is the name of a property', { grant_type: '__proto__' }, 'unsupported_grant_type'],
    ])('is refused with %s', async (_name, change: Record<string, string>, error) => {
      const [application, { grant_type: _, ...fields }] = await setUp();
      const response = await postForm(site, tokenPath, application, { ...fields, ...change });
      expect([response.status, response.body.error]).toEqual([400, error]);
      expect(response.body.error_uri).toMatch(
        new RegExp(`^${site.url}/docs/errors/${error}/\\?request=[0-9a-f-]{36}$`),
      );
    });

    it.each(['grant_type', 'username', 'password', 'scope', 'unknown'])('is refused with %s twice', async (name) => {
      const [application, fields] = await setUp();
      const value = fields[name] ?? 'all';
      for (const second of [value, 'other', '']) {
        const body = `${new URLSearchParams({ ...fields, [name]: value })}&${new URLSearchParams({ [name]: second })}`;
        const response = await postForm(site, tokenPath, application, body);
        expect([response.status, response.body.error]).toEqual([400, 'invalid_request']);
      }
    });

    it('may have names with brackets, which are unknown parameters', async () => {
      const [application, { password, ...fields }] = await setUp();
      for (const bracketName of ['password[]', 'password[$ne]', 'password[0]']) {
        const response = await postForm(site, tokenPath, application, { ...fields, [bracketName]: password ?? '' });
        expect([response.status, response.body.error]).toEqual([400, 'invalid_request']);
      }
    });

    it('is neither completed nor overridden by the query', async () => {
      const [application, { password, ...fields }] = await setUp();
      const missing = await postForm(site, `${tokenPath}?password=${password}`, application, fields);
      expect([missing.status, missing.body.error]).toEqual([400, 'invalid_request']);
      const body = { grant_type: 'refresh_token', refresh_token: 'x' };
      const query = new URLSearchParams({ ...fields, password: password ?? '' });
      const overridden = await postForm(site, `${tokenPath}?${query}`, application, body);
      expect([overridden.status, overridden.body.error]).toEqual([400, 'invalid_grant']);
    });

    it.each(['username=%', 'username=%ZZ', 'username=%C3%28', 'username=a%00b', 'user%00name=x', 'username=%ff'])(
      'is refused if its encoding is broken: %s',
      async (broken) => {
        const [application] = await setUp();
        const response = await postForm(site, tokenPath, application, `grant_type=password&password=x&${broken}`);
        expect([response.status, response.body.error]).toEqual([400, 'invalid_request']);
      },
    );

    it('is refused beyond 64 kB, however it is sent', async () => {
      const [application, fields] = await setUp();
      const large = `${new URLSearchParams({ ...fields, filler: 'x'.repeat(70_000) })}`;
      const many = `${new URLSearchParams(fields)}${'&a=b'.repeat(20_000)}`;
      for (const body of [large, many]) {
        const response = await postForm(site, tokenPath, application, body);
        expect([response.status, response.body.error]).toEqual([413, 'invalid_request']);
      }
      const lines = [`Content-Type: ${formType}`, `Authorization: ${basic(application)}`];
      const chunked = await sendRaw(site.url, chunkedRequest(`POST ${tokenPath}`, lines, [large]));
      expect(chunked.status).toBe(413);
    });

    it('may have hundreds of unknown parameters', async () => {
      const [application, fields] = await setUp();
      const many = Array.from({ length: 900 }, (_, index) => `x${index}=`).join('&');
      const response = await postForm(site, tokenPath, application, `${new URLSearchParams(fields)}&${many}`);
      expect(response.status).toBe(200);
    });

    it.each([
      ['a+b c word', 'a%2Bb+c+word'],
      ['a+b c word', 'a%2Bb%20c%20word'],
      [' outer spaces ', '+outer+spaces+'],
      ['100%25 sure', '100%2525+sure'],
      ['schön Größe', 'sch%C3%B6n+Gr%C3%B6%C3%9Fe'],
    ])('is decoded once: the password "%s" sent as %s', async (password, encoded) => {
      const application = await newApplication(site, { grantType: 'password' });
      const person = await newUser(site, { password });
      const body = `grant_type=password&username=${encodeURIComponent(person.email)}&password=${encoded}`;
      expect((await postForm(site, tokenPath, application, body)).status).toBe(200);
    });
  });

  describe('a response of the token endpoint', () => {
    it('is JSON with no-store and without a cookie, even if it is an error', async () => {
      const application = await newApplication(site, { grantType: 'password' });
      const wrong = await logInByPassword(site, application, { email: 'x@club.example', password: 'wrong' });
      expect(Object.keys(wrong.body)).toEqual(['error', 'error_description', 'error_uri']);
      expect(wrong.body.error_description).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/);
      for (const response of [wrong, await logInByPassword(site, application, await newUser(site))]) {
        expect(response.headers.get('content-type')).toMatch(/^application\/json/);
        expect(response.headers.get('cache-control')).toBe('no-store');
        expect(response.headers.get('pragma')).toBe('no-cache');
        expect(response.headers.get('x-content-type-options')).toBe('nosniff');
        expect(response.headers.get('set-cookie')).toBeNull();
        expect(response.body).not.toHaveProperty('iss');
        expect(Object.values(response.body)).not.toContain(null);
      }
    });

    it('has unique tokens', async () => {
      const application = await newApplication(site, { grantType: 'password' });
      const person = await newUser(site);
      const responses = await Promise.all(Array.from({ length: 20 }, () => logInByPassword(site, application, person)));
      const texts = responses.map(tokensOf).flatMap((tokens) => [tokens.access_token, tokens.refresh_token]);
      expect(new Set(texts).size).toBe(40);
      // Only the prefix is shared: no token starts with a counter or a time.
      const starts = texts.map((text) => text.replace(/^insiders_(at|rt)_/, '').slice(0, 4));
      expect(new Set(starts).size).toBeGreaterThan(35);
    });
  });

  async function setUp() {
    const application = await newApplication(site, { grantType: 'password' });
    const { email: username, password } = await newUser(site);
    const fields: Record<string, string> = { grant_type: 'password', username, password };
    return [application, fields] as const;
  }
});
