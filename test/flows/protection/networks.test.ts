import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EndpointResponse, postForm, tokenPath } from '../../support/oauth.ts';
import { newApplication, newUser, type TestApplication, type TestUser } from '../../support/site/fixtures.ts';
import { newTestServer, type TestServer } from '../../support/site/site.ts';

/**
 * Twenty wrong guesses fill the bucket of an account and a network: the next from the same network is throttled, one
 * from another is not.
 */
describe('behind a trusted proxy', () => {
  const site = newTestServer({ trustProxy: '127.0.0.1, 10.0.0.0/8', passwordQueue: '1000' });
  beforeAll(() => site.start());
  afterAll(() => site.stop());

  it.each<[string, (index: number) => string, string, string]>([
    ['an IPv6 /64', (index) => `2001:db8:1:2:${index}::${index}`, '2001:db8:1:2:ffff::1', '2001:db8:1:3::1'],
    ['one IPv4 address', () => '203.0.113.9', '203.0.113.9', '203.0.113.10'],
    ['an IPv4 address in an IPv6 one', () => '::ffff:203.0.113.11', '203.0.113.11', '::ffff:203.0.113.12'],
    ['one IPv6 address in any spelling', () => '2001:DB8:2:0:0:0:0:1', '2001:db8:2::1', '2001:db8:2:1::1'],
    [
      'the address that the last proxy added, whatever precedes it',
      (index) => `198.51.100.${index}, 203.0.113.13`,
      '198.51.100.99, 203.0.113.13',
      '203.0.113.13, 203.0.113.14',
    ],
    [
      'the address that the first of two trusted proxies added',
      (index) => `203.0.113.15, 10.0.0.${index + 1}`,
      '198.51.100.99, 203.0.113.15, 10.9.9.9',
      '203.0.113.16, 10.0.0.1',
    ],
  ])('%s is one network', async (_what, used, same, other) => {
    const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
    const guesses = Array.from({ length: 20 }, (_, index) => guess(site, application, person, used(index), index));
    expect(new Set((await Promise.all(guesses)).map((response) => response.status))).toEqual(new Set([400]));
    expect((await guess(site, application, person, same, 20)).status).toBe(429);
    expect((await guess(site, application, person, other, 21)).status).toBe(400);
  });

  it('guesses of a client secret from an IPv6 /64 count as one network', async () => {
    const application = { ...(await newApplication(site)), clientSecret: 'insiders_secret_wrong' };
    const form = { grant_type: 'refresh_token', refresh_token: 'x' };
    const statuses: number[] = [];
    for (let index = 0; index < 60; index += 1) {
      const headers = { 'x-forwarded-for': `2001:db8:5:6::${index + 1}` };
      statuses.push((await postForm(site, tokenPath, application, form, headers)).status);
    }
    expect(statuses.slice(0, 50)).toEqual(Array(50).fill(401));
    expect(statuses.slice(50)).toContain(429);
    const elsewhere = { 'x-forwarded-for': '2001:db8:5:7::1' };
    expect((await postForm(site, tokenPath, application, form, elsewhere)).status).toBe(401);
  });

  it.each(['', 'unknown', 'x', '999.1.1.1', '1::2::3', ',,,', '2001:db8::1]:80', `${'1.1.1.1,'.repeat(500)}x`])(
    'an invalid address causes no error: %s',
    async (forwardedFor) => {
      const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
      expect((await guess(site, application, person, forwardedFor, 0)).status).toBe(400);
    },
  );
});

describe.each([
  ['without a trusted proxy', {}],
  ['with a trusted proxy elsewhere', { trustProxy: '10.0.0.0/8' }],
])('%s', (_what, trust) => {
  const site = newTestServer({ ...trust, passwordQueue: '1000' });
  beforeAll(() => site.start());
  afterAll(() => site.stop());

  it('X-Forwarded-For is ignored', async () => {
    const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
    const guesses = Array.from({ length: 20 }, (_, index) =>
      guess(site, application, person, `198.51.100.${index}, 10.0.0.1`, index),
    );
    expect(new Set((await Promise.all(guesses)).map((response) => response.status))).toEqual(new Set([400]));
    expect((await guess(site, application, person, '203.0.113.1', 20)).status).toBe(429);
  });
});

function guess(
  site: TestServer,
  application: TestApplication,
  { email: username }: TestUser,
  from: string,
  index: number,
): Promise<EndpointResponse> {
  const grant = { grant_type: 'password', username, password: `guess ${index}` };
  return postForm(site, tokenPath, application, grant, { 'x-forwarded-for': from });
}
