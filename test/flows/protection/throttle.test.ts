import { describe, expect, it } from 'vitest';
import {
  callApi,
  type EndpointResponse,
  logInByPassword,
  postForm,
  refresh,
  tokenPath,
  tokensOf,
} from '../../support/oauth.ts';
import { newApplication, newUser, type TestApplication, type TestUser } from '../../support/site/fixtures.ts';
import { HttpBrowser, type Page, visibleText } from '../../support/site/http-browser.ts';
import { newSandbox } from '../../support/site/registration.ts';
import { onEachEngine, type TestServer } from '../../support/site/site.ts';
import { advanceClock } from '../../support/site/time.ts';

const throttled = { status: 429, body: { error: 'temporarily_unavailable' } };

onEachEngine((site) => {
  describe('guessing a password', () => {
    it('is throttled after 20 attempts, counted together for the login page and the token endpoint', async () => {
      const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
      for (let times = 0; times < 10; times += 1) {
        expect((await guess(application, person, `page ${times}`, 'page')).status).toBe(400);
        expect((await guess(application, person, `grant ${times}`, 'grant')).status).toBe(400);
      }
      const page = await new HttpBrowser(site.url).logIn(person);
      expect(page.status).toBe(429);
      expect(page.headers.get('retry-after')).toMatch(/^[1-9][0-9]*$/);
      expect(visibleText(page.html)).toContain('Too many attempts');
      const grant = await logInByPassword(site, application, person);
      expect(grant).toMatchObject(throttled);
      expect(grant.headers.get('retry-after')).toMatch(/^[1-9][0-9]*$/);
      expect(grant.headers.get('cache-control')).toBe('no-store');
      // After half a minute one attempt is admitted, and the right password empties the bucket.
      advanceClock(Number(grant.headers.get('retry-after')));
      expect((await logInByPassword(site, application, person)).status).toBe(200);
      expect((await guess(application, person, 'mistyped', 'page')).status).toBe(400);
      expect((await logInByPassword(site, application, person)).status).toBe(200);
    });

    it('can not evade the limit by spellings of the address, forged headers or parallel requests', async () => {
      const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
      const responses = await Promise.all(
        Array.from({ length: 40 }, (_, index) => {
          const email = index % 2 === 0 ? person.email.toUpperCase() : ` ${person.email}`;
          const grant = { grant_type: 'password', username: email, password: `guess ${index}` };
          const headers = { 'x-forwarded-for': `192.0.2.${index}`, forwarded: `for=192.0.2.${index}` };
          return postForm(site, tokenPath, application, grant, headers);
        }),
      );
      expect(statuses(responses)).toEqual({ 400: 20, 429: 20 });
    });

    it('of one account does not throttle another', async () => {
      const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
      const other = await newUser(site);
      for (let times = 0; times < 21; times += 1) await guess(application, person, `guess ${times}`, 'grant');
      expect((await logInByPassword(site, application, other)).status).toBe(200);
    });

    it('is throttled in the same way for an unknown address, which reveals nothing', async () => {
      const application = await newApplication(site, { grantType: 'password' });
      const nobody = { ...(await newUser(site)), email: `nobody.${application.id}@club.example` };
      const responses = [];
      for (let times = 0; times < 21; times += 1)
        responses.push(await guess(application, nobody, `guess ${times}`, 'grant'));
      expect(responses.map((response) => response.status)).toEqual([...Array(20).fill(400), 429]);
    });

    it('does not include an application that logs in with the right password before every call', async () => {
      const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
      const responses = [];
      for (let round = 0; round < 3; round += 1) {
        responses.push(
          ...(await Promise.all(Array.from({ length: 20 }, () => logInByPassword(site, application, person)))),
        );
      }
      expect(statuses(responses)).toEqual({ 200: 60 });
    });
  });

  async function guess(application: TestApplication, person: TestUser, password: string, where: 'page' | 'grant') {
    if (where === 'grant') return logInByPassword(site, application, { ...person, password });
    return new HttpBrowser(site.url).logIn({ ...person, password });
  }
});

onEachEngine(
  (site) => {
    it('guesses from elsewhere never lock a user out of a familiar network', async () => {
      const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
      expect((await from(site, '198.51.100.7', application, person)).status).toBe(200);
      const guesses = Array.from({ length: 130 }, (_, index) =>
        from(site, `203.0.113.${index}`, application, { ...person, password: `guess ${index}` }),
      );
      expect((await Promise.all(guesses)).map((response) => response.status)).toContain(429);
      expect((await from(site, '203.0.113.200', application, person)).status).toBe(429);
      expect((await from(site, '198.51.100.7', application, person)).status).toBe(200);
    });

    it('addresses of one IPv6 network count as one', async () => {
      const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
      const responses = [];
      for (let index = 0; index < 21; index += 1) {
        const guess = { ...person, password: `guess ${index}` };
        responses.push(await from(site, `2001:db8:1:2::${index + 1}`, application, guess));
      }
      expect(responses.at(-1)).toMatchObject(throttled);
    });
  },
  { trustProxy: '127.0.0.1', passwordQueue: '1000' },
);

onEachEngine(
  (site) => {
    it('a flood of logins gets 503 with Retry-After, and does not delay refreshes', async () => {
      const application = await newApplication(site, { grantType: 'password' });
      const people = await Promise.all(Array.from({ length: 12 }, () => newUser(site)));
      const [first] = people;
      if (first === undefined) throw new Error('nobody');
      const tokens = tokensOf(await logInByPassword(site, application, first));
      const [refreshed, ...logins] = await Promise.all([
        refresh(site, application, tokens.refresh_token),
        ...people.map((person) => logInByPassword(site, application, person)),
      ]);
      expect(refreshed?.status).toBe(200);
      const refused = logins.filter((response) => response.status !== 200);
      expect(refused.length).toBeGreaterThan(0);
      for (const response of refused) {
        expect([response.status, response.body.error]).toEqual([503, 'temporarily_unavailable']);
        expect(response.headers.get('retry-after')).toMatch(/^[1-9][0-9]*$/);
      }
    });

    it('an application that calls the API too often is throttled, and others are not', async () => {
      const application = await newApplication(site, { grantType: 'password' });
      const other = await newApplication(site, { grantType: 'password' });
      const person = await newUser(site);
      const tokens = tokensOf(await logInByPassword(site, application, person));
      const theirs = tokensOf(await logInByPassword(site, other, person));
      for (let times = 0; times < 3; times += 1) {
        expect((await callApi(site, tokens.access_token)).status).toBe(200);
      }
      const response = await callApi(site, tokens.access_token);
      expect([response.status, response.body.code]).toEqual([429, 'throttled']);
      expect(response.headers.get('retry-after')).toMatch(/^[1-9][0-9]*$/);
      expect((await callApi(site, theirs.access_token)).status).toBe(200);
    });
  },
  // Hides the expected log lines about 503.
  { passwordQueue: '1', apiRequestsPerMinute: '3', logLevel: 'fatal' },
);

onEachEngine(
  (site) => {
    it('one network can’t fill the queue for others, even with right passwords', async () => {
      const application = await newApplication(site, { grantType: 'password' });
      const [flood, others] = [await people(30), await people(4)];
      const busy = flood.map((person) => from(site, '203.0.113.1', application, person));
      const elsewhere = others.map((person, index) => from(site, `198.51.100.${index}`, application, person));
      expect(statuses(await Promise.all(elsewhere))).toEqual({ 200: 4 });
      const refused = (await Promise.all(busy)).filter(({ status }) => status !== 200);
      expect(refused.length).toBeGreaterThan(10);
      for (const response of refused) {
        expect([response.status, response.body.error]).toEqual([503, 'temporarily_unavailable']);
        expect(response.headers.get('retry-after')).toMatch(/^[1-9][0-9]*$/);
      }
    });

    it('a page that creates a password is throttled, with Retry-After', async () => {
      const browser = new HttpBrowser(site.url);
      await browser.logIn(await newUser(site));
      const { path } = await newSandbox(site, browser);
      const page = await browser.open(`${path}sandbox/`);
      const responses = await Promise.all(Array.from({ length: 30 }, () => browser.press(page, `${path}sandbox/`)));
      const counts = new Map<number, Page[]>();
      for (const response of responses) counts.set(response.status, [...(counts.get(response.status) ?? []), response]);
      expect([...counts.keys()].sort()).toEqual([200, 429, 503]);
      for (const status of [429, 503]) {
        for (const response of counts.get(status) ?? []) {
          expect(response.headers.get('retry-after')).toMatch(/^[1-9][0-9]*$/);
          expect(visibleText(response.html)).toMatch(/Too many requests|Back in a moment/);
        }
      }
    });

    const people = (count: number) => Promise.all(Array.from({ length: count }, () => newUser(site)));
  },
  { trustProxy: '127.0.0.1', passwordQueue: '20', logLevel: 'fatal' },
);

function from(site: TestServer, address: string, application: TestApplication, { email, password }: TestUser) {
  const grant = { grant_type: 'password', username: email, password };
  return postForm(site, tokenPath, application, grant, { 'x-forwarded-for': address });
}

function statuses(responses: readonly EndpointResponse[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of responses) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
