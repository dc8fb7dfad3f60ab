import type { FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../config/load.ts';
import { checkCsrf, csrfToken } from './csrf.ts';

const config = loadConfig({ INSIDERS_PUBLIC_URL: 'https://insiders.example' });
const browserId = 'a-browser';
const token = csrfToken(browserId);

function statusOf(headers: Record<string, string>, form: { browserId?: string; token?: string }): number {
  try {
    const params = { browserId: form.browserId, token: form.token };
    checkCsrf({ headers: { host: 'insiders.example', ...headers } } as unknown as FastifyRequest, config, params);
    return 200;
  } catch (error) {
    return (error as { status: number }).status;
  }
}

describe('the token of a form', () => {
  it('is bound to the browser, and does not reveal its cookie', () => {
    expect(csrfToken(browserId)).toBe(token);
    expect(csrfToken('another-browser')).not.toBe(token);
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(token).not.toContain(browserId);
  });

  it('admits the form of this browser', () => {
    expect(statusOf({}, { browserId, token })).toBe(200);
  });

  it.each([
    ['no token', { browserId }],
    ['no browser', { token }],
    ['neither', {}],
    ['an empty token', { browserId, token: '' }],
    ['the token of another browser', { browserId, token: csrfToken('another-browser') }],
    ['the start of the token', { browserId, token: token.slice(0, -1) }],
    ['more than the token', { browserId, token: `${token}x` }],
    ['letters of more than one byte', { browserId, token: 'ä'.repeat(43) }],
    ['the secret of the browser itself', { browserId, token: browserId }],
  ])('refuses a form with %s', (_what, form) => {
    expect(statusOf({}, form)).toBe(403);
  });
});

describe('the origin of a form', () => {
  it.each([
    { origin: 'https://insiders.example' },
    { origin: 'https://insiders.example', 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'none' },
  ])('may be our own: %j', (headers) => {
    expect(statusOf(headers, { browserId, token })).toBe(200);
  });

  it('may be the host of the request, as with a forwarded port', () => {
    expect(statusOf({ host: '127.0.0.1:9000', origin: 'http://127.0.0.1:9000' }, { browserId, token })).toBe(200);
  });

  it.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: '' },
    { origin: 'https://insiders.example.evil.example' },
    { origin: 'https://insiders.example:444' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://insiders.example', 'sec-fetch-site': 'cross-site' },
  ])('may not be another site, even with the right token: %j', (headers) => {
    expect(statusOf(headers, { browserId, token })).toBe(403);
  });
});
