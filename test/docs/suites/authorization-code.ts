import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser, type Page, textOf } from '../../support/client.ts';
import { decide } from '../../support/oauth.ts';
import { newApplication, type TestApplication, unique } from '../../support/people.ts';
import { freePort } from '../../support/ports.ts';
import { type Running, startServer } from '../../support/programs.ts';
import { credentials, type Example, traces, wrongSecret } from '../example.ts';

interface Program extends Running {
  readonly url: string;
}

/** A program with pages of its own, which people come to with a browser. */
export function authorizationCode(example: Example, id: string): void {
  describe(id, () => {
    let application: TestApplication;
    let right: Program;
    let wrong: Program;

    beforeAll(async () => {
      const [rightPort, wrongPort] = [await freePort(), await freePort()];
      const redirectUris = [rightPort, wrongPort].map((port) => `http://127.0.0.1:${port}/authorized/`);
      application = await newApplication(example.site, { redirectUris });
      right = await serve(rightPort, application.clientSecret ?? '');
      wrong = await serve(wrongPort, wrongSecret);
    }, 120_000);
    afterAll(async () => {
      await right?.stop();
      await wrong?.stop();
    });

    async function serve(port: number, secret: string): Promise<Program> {
      const url = `http://127.0.0.1:${port}`;
      const values = { ...credentials(application, secret), INSIDERS_REDIRECT_URI: `${url}/authorized/` };
      return { ...(await startServer(example.serverCommand(id, port), port, example.options(values))), url };
    }

    it('leads from /authenticate to “Success” with the number of devices', async () => {
      const { browser, back } = await comeBack(example, right);
      const page = await browser.send(back.href);
      expect(textOf(page.html)).toContain('You currently own 2 devices.');
      expect(page.html).toContain('<title>Success</title>');
      expect(page.status).toBe(200);
    });

    it('sends a state and a PKCE challenge of its own each time', async () => {
      const open = () => new Browser(example.site.url).send(`${right.url}/authenticate`);
      const queries = [await open(), await open()].map(({ location = '' }) => new URL(location).searchParams);
      expect(queries.map((query) => query.get('code_challenge_method'))).toEqual(['S256', 'S256']);
      for (const name of ['state', 'code_challenge']) {
        const values = queries.map((query) => query.get(name) ?? '');
        expect(new Set(values).size).toBe(2);
        for (const value of values) expect(value.length).toBeGreaterThanOrEqual(22);
      }
    });

    it('shows that access was denied', async () => {
      const { browser, back } = await comeBack(example, right, 'deny');
      expectRefusal(await browser.send(back.href), /access_denied: \w+/);
    });

    it('refuses a wrong state, and an answer in another browser', async () => {
      const { browser, back } = await comeBack(example, right);
      const stranger = new Browser(example.site.url);
      expectRefusal(await stranger.send(back.href), /state/);
      back.searchParams.set('state', unique());
      expectRefusal(await browser.send(back.href), /state/);
      back.searchParams.delete('state');
      expectRefusal(await browser.send(back.href), /state/);
      back.searchParams.set('state', '');
      expectRefusal(await stranger.send(back.href), /state/);
    });

    it('shows that the secret is wrong', async () => {
      const { browser, back } = await comeBack(example, wrong);
      const page = await browser.send(back.href);
      expectRefusal(page, /\/oauth2\/token\/ answered 401: invalid_client: \w+/);
    });

    it('shows that the code is no good', async () => {
      const { browser, back } = await comeBack(example, right);
      back.searchParams.set('code', unique());
      const page = await browser.send(back.href);
      expectRefusal(page, /\/oauth2\/token\/ answered 400: invalid_grant: \w+/);
    });

    it('escapes what it shows', async () => {
      const { browser, back } = await comeBack(example, right, 'deny');
      back.searchParams.set('error_description', '<img src=x>');
      const { html } = await browser.send(back.href);
      expect(html).toContain('access_denied');
      expect(html).not.toContain('<img');
    });

    it('writes neither codes nor tokens nor traces', () => {
      for (const program of [right, wrong]) {
        const { stdout, stderr } = program.output();
        expect(stdout + stderr).not.toMatch(/code=|(access|refresh)_token/);
        expect(stdout + stderr).not.toMatch(traces);
        expect(stdout + stderr).not.toContain(application.clientSecret);
      }
    });

    it('says that it needs a secret', async () => {
      const values = { INSIDERS_REDIRECT_URI: `http://127.0.0.1:${await freePort()}/authorized/` };
      const { code, stderr } = await example.run(id, values);
      expect(code).not.toBe(0);
      expect(stderr).toContain('INSIDERS_CLIENT_SECRET');
      expect(stderr).not.toMatch(traces);
    });
  });
}

/** What a person does, up to the program's callback: it is not opened yet, and `browser` is the one to open it in. */
async function comeBack(example: Example, program: Program, decision: 'authorize' | 'deny' = 'authorize') {
  const browser = new Browser(example.site.url);
  await browser.logIn(example.person);
  const leave = await browser.send(`${program.url}/authenticate`);
  expect(leave.location).toContain(`${example.site.url}/oauth2/authorize/?`);
  const done = await decide(browser, await browser.open(leave.location ?? ''), decision);
  expect(done.location).toContain(`${program.url}/authorized/?`);
  return { browser, back: new URL(done.location ?? '') };
}

function expectRefusal(page: Page, reason: RegExp): void {
  expect(textOf(page.html)).toMatch(reason);
  expect(page.status).toBe(400);
  expect(page.html).not.toContain('Success');
  expect(page.html).not.toMatch(traces);
}
