import { describe, expect, it } from 'vitest';
import {
  basic,
  introspectPath,
  logInByPassword,
  postForm,
  read,
  revokePath,
  tokenPath,
  tokensOf,
} from '../../support/oauth.ts';
import { newApplication, newPerson } from '../../support/people.ts';
import { chunkedRequest, sendRaw } from '../../support/raw.ts';
import { onEachSite } from '../../support/server.ts';

const formType = 'application/x-www-form-urlencoded';

onEachSite((site) => {
  describe('the body of a request to an endpoint for programs', () => {
    it.each([
      ['JSON', 400, 'application/json', (fields: Record<string, string>) => JSON.stringify(fields)],
      ['text', 400, 'text/plain', (fields: Record<string, string>) => `${new URLSearchParams(fields)}`],
      ['multipart', 400, 'multipart/form-data; boundary=x', () => '--x--'],
      ['a content type nobody can read', 415, 'a/b/c; d', () => 'x'],
    ])('is a form and never %s', async (_name, status, contentType, write) => {
      const [application, fields] = await ready();
      for (const path of [tokenPath, revokePath, introspectPath]) {
        const headers = { 'content-type': contentType, authorization: basic(application) };
        const answer = await read(await fetch(site.url + path, { method: 'POST', headers, body: write(fields) }));
        expect([answer.status, answer.body.error]).toEqual([status, 'invalid_request']);
      }
    });

    it('is UTF-8: bytes that are not are refused, and never taken for another text', async () => {
      const [application] = await ready();
      const headers = { 'content-type': formType, authorization: basic(application) };
      const body = Buffer.concat([Buffer.from('grant_type=password&username=a&password=pass'), Buffer.from([0xff])]);
      const answer = await read(await fetch(site.url + tokenPath, { method: 'POST', headers, body }));
      expect([answer.status, answer.body.error]).toEqual([400, 'invalid_request']);
    });

    it('is a form even if it is not said so', async () => {
      const [application, fields] = await ready();
      const body = Buffer.from(`${new URLSearchParams(fields)}`);
      const headers = { authorization: basic(application) };
      const answer = await read(await fetch(site.url + tokenPath, { method: 'POST', headers, body }));
      expect([answer.status, answer.body.error]).toEqual([400, 'invalid_request']);
    });

    it.each([
      ['no grant_type', {}, 'invalid_request'],
      ['an empty grant_type', { grant_type: '' }, 'invalid_request'],
      ['an unheard-of grant_type', { grant_type: 'banana' }, 'unsupported_grant_type'],
      ['client_credentials', { grant_type: 'client_credentials' }, 'unsupported_grant_type'],
      ['a grant_type in capitals', { grant_type: 'PASSWORD' }, 'unsupported_grant_type'],
      ['a grant_type with a space', { grant_type: 'password ' }, 'unsupported_grant_type'],
      ['the name of a property', { grant_type: '__proto__' }, 'unsupported_grant_type'],
    ])('is refused with %s', async (_name, wrong: Record<string, string>, error) => {
      const [application, { grant_type: _, ...fields }] = await ready();
      const answer = await postForm(site, tokenPath, application, { ...fields, ...wrong });
      expect([answer.status, answer.body.error]).toEqual([400, error]);
      expect(answer.body.error_uri).toMatch(new RegExp(`^${site.url}/docs/errors/${error}/\\?request=[0-9a-f-]{36}$`));
    });

    it.each(['grant_type', 'username', 'password', 'scope', 'unheard-of'])('is refused with %s twice', async (name) => {
      const [application, fields] = await ready();
      const value = fields[name] ?? 'all';
      for (const again of [value, 'other', '']) {
        const body = `${new URLSearchParams({ ...fields, [name]: value })}&${new URLSearchParams({ [name]: again })}`;
        const answer = await postForm(site, tokenPath, application, body);
        expect([answer.status, answer.body.error]).toEqual([400, 'invalid_request']);
      }
    });

    it('knows no brackets: such names are unknown ones', async () => {
      const [application, { password, ...fields }] = await ready();
      for (const wrong of ['password[]', 'password[$ne]', 'password[0]']) {
        const answer = await postForm(site, tokenPath, application, { ...fields, [wrong]: password ?? '' });
        expect([answer.status, answer.body.error]).toEqual([400, 'invalid_request']);
      }
    });

    it('is not completed nor overruled by the query', async () => {
      const [application, { password, ...fields }] = await ready();
      const missing = await postForm(site, `${tokenPath}?password=${password}`, application, fields);
      expect([missing.status, missing.body.error]).toEqual([400, 'invalid_request']);
      const body = { grant_type: 'refresh_token', refresh_token: 'x' };
      const query = new URLSearchParams({ ...fields, password: password ?? '' });
      const overruled = await postForm(site, `${tokenPath}?${query}`, application, body);
      expect([overruled.status, overruled.body.error]).toEqual([400, 'invalid_grant']);
    });

    it.each(['username=%', 'username=%ZZ', 'username=%C3%28', 'username=a%00b', 'user%00name=x', 'username=%ff'])(
      'is refused where it is broken: %s',
      async (broken) => {
        const [application] = await ready();
        const answer = await postForm(site, tokenPath, application, `grant_type=password&password=x&${broken}`);
        expect([answer.status, answer.body.error]).toEqual([400, 'invalid_request']);
      },
    );

    it('is refused beyond 64 kB, however it is sent', async () => {
      const [application, fields] = await ready();
      const large = `${new URLSearchParams({ ...fields, filler: 'x'.repeat(70_000) })}`;
      const many = `${new URLSearchParams(fields)}${'&a=b'.repeat(20_000)}`;
      for (const body of [large, many]) {
        const answer = await postForm(site, tokenPath, application, body);
        expect([answer.status, answer.body.error]).toEqual([413, 'invalid_request']);
      }
      const lines = [`Content-Type: ${formType}`, `Authorization: ${basic(application)}`];
      const chunked = await sendRaw(site.url, chunkedRequest(`POST ${tokenPath}`, lines, [large]));
      expect(chunked.status).toBe(413);
    });

    it('may hold hundreds of unknown parameters below that', async () => {
      const [application, fields] = await ready();
      const many = Array.from({ length: 900 }, (_, index) => `x${index}=`).join('&');
      const answer = await postForm(site, tokenPath, application, `${new URLSearchParams(fields)}&${many}`);
      expect(answer.status).toBe(200);
    });

    it.each([
      ['a+b c word', 'a%2Bb+c+word'],
      ['a+b c word', 'a%2Bb%20c%20word'],
      [' outer spaces ', '+outer+spaces+'],
      ['100%25 sure', '100%2525+sure'],
      ['schön Größe', 'sch%C3%B6n+Gr%C3%B6%C3%9Fe'],
    ])('is decoded once: the password "%s" is sent as %s', async (password, encoded) => {
      const application = await newApplication(site, { grantType: 'password' });
      const person = await newPerson(site, { password });
      const body = `grant_type=password&username=${encodeURIComponent(person.email)}&password=${encoded}`;
      expect((await postForm(site, tokenPath, application, body)).status).toBe(200);
    });
  });

  describe('an answer to a program', () => {
    it('is JSON of the registered kind, uncached and without a cookie, also when it is an error', async () => {
      const application = await newApplication(site, { grantType: 'password' });
      const wrong = await logInByPassword(site, application, { email: 'x@club.example', password: 'wrong' });
      expect(Object.keys(wrong.body)).toEqual(['error', 'error_description', 'error_uri']);
      expect(wrong.body.error_description).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/);
      for (const answer of [wrong, await logInByPassword(site, application, await newPerson(site))]) {
        expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
        expect(answer.headers.get('cache-control')).toBe('no-store');
        expect(answer.headers.get('pragma')).toBe('no-cache');
        expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
        expect(answer.headers.get('set-cookie')).toBeNull();
        expect(answer.body).not.toHaveProperty('iss');
        expect(Object.values(answer.body)).not.toContain(null);
      }
    });

    it('never repeats a token', async () => {
      const application = await newApplication(site, { grantType: 'password' });
      const person = await newPerson(site);
      const answers = await Promise.all(Array.from({ length: 20 }, () => logInByPassword(site, application, person)));
      const texts = answers.map(tokensOf).flatMap((tokens) => [tokens.access_token, tokens.refresh_token]);
      expect(new Set(texts).size).toBe(40);
      // Nothing but the prefix is shared: no counter and no clock at the beginning.
      const starts = texts.map((text) => text.replace(/^insiders_(at|rt)_/, '').slice(0, 4));
      expect(new Set(starts).size).toBeGreaterThan(35);
    });
  });

  async function ready() {
    const application = await newApplication(site, { grantType: 'password' });
    const { email: username, password } = await newPerson(site);
    const fields: Record<string, string> = { grant_type: 'password', username, password };
    return [application, fields] as const;
  }
});
