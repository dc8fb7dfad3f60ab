import Fastify from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { formTargetOf, pageHeaders, responseHeaders } from './headers.ts';

const app = Fastify();
app.get('/json/', async (_request, reply) => {
  responseHeaders(reply);
  return {};
});
app.get('/page/', async (_request, reply) => {
  pageHeaders(reply);
  return '';
});
app.get('/consent/', async (_request, reply) => {
  pageHeaders(reply, ['https://ams.example']);
  return '';
});
afterAll(() => app.close());

const headersOf = async (url: string) => (await app.inject(url)).headers;

describe('the headers of a JSON response', () => {
  it('forbid caching, framing and sniffing', async () => {
    expect(await headersOf('/json/')).toMatchObject({
      'cache-control': 'no-store',
      pragma: 'no-cache',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    });
  });
});

describe('the headers of a page', () => {
  const policyOf = async (url: string) => String((await headersOf(url))['content-security-policy']).split('; ');

  it('forbid caching and framing', async () => {
    expect(await headersOf('/page/')).toMatchObject({
      'cache-control': 'no-store',
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
    });
  });

  it('allow scripts and styles of this site, and nothing inline', async () => {
    const policy = await policyOf('/page/');
    expect(policy).toEqual(expect.arrayContaining(["default-src 'none'", "script-src 'self'", "style-src 'self'"]));
    expect(policy).toEqual(expect.arrayContaining(["base-uri 'none'", "frame-ancestors 'none'"]));
    expect(policy.join()).not.toMatch(/unsafe|\*|https?:/);
  });

  it('allow forms to this site and to the given targets', async () => {
    expect(await policyOf('/page/')).toContain("form-action 'self'");
    expect(await policyOf('/consent/')).toContain("form-action 'self' https://ams.example");
  });
});

describe('the form target of a redirect URI', () => {
  it.each([
    ['https://ams.example/callback/?x=1', 'https://ams.example'],
    ['https://ams.example:8443/', 'https://ams.example:8443'],
    ['http://127.0.0.1:8000/authorized/', 'http://127.0.0.1:8000'],
    ['http://[::1]:8000/', 'http:'],
    ['https://[2001:db8::1]/', 'https:'],
    ['com.example.app:/callback', 'com.example.app:'],
    ['com.example.app://host/callback', 'com.example.app:'],
    ["https://ams.example/;script-src'*'", 'https://ams.example'],
  ])('of %s is %s', (uri, target) => {
    expect(formTargetOf(uri)).toBe(target);
  });

  it.each(['https://ams.example', 'com.example.app:/a', 'com.example.app://host/a'])(
    'of %s adds nothing else to the policy',
    (uri) => {
      expect(formTargetOf(uri)).toMatch(/^[a-z0-9.+:/-]+$/);
    },
  );
});
