import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newTestServer } from '../../support/site/site.ts';

const header = 'strict-transport-security';
const paths = [
  '/',
  '/login/',
  '/account/',
  '/nope/',
  '/healthz',
  '/oauth2/token/',
  '/oauth2/token',
  '/api/v1/devices/',
];

describe.each([
  ['https://insiders.example', 'max-age=31536000'],
  [undefined, null],
] as const)('a platform at %s', (publicUrl, expected) => {
  const site = newTestServer(publicUrl === undefined ? {} : { publicUrl });
  beforeAll(() => site.start());
  afterAll(() => site.stop());

  it(`${expected === null ? 'sends no Strict-Transport-Security' : 'sends Strict-Transport-Security'} with every response`, async () => {
    for (const path of paths) {
      for (const [method, forwarded] of [
        ['GET', 'http'],
        ['POST', 'https'],
      ] as const) {
        const headers = { accept: 'text/html', 'x-forwarded-proto': forwarded };
        const response = await fetch(site.listensAt + path, { method, headers, redirect: 'manual' });
        await response.body?.cancel();
        expect([method, path, response.headers.get(header)]).toEqual([method, path, expected]);
      }
    }
  });
});
