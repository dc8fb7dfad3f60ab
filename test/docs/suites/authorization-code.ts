import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decide } from '../../support/oauth.ts';
import { freePort } from '../../support/processes/ports.ts';
import { type RunningProcess, startServerProcess } from '../../support/processes/processes.ts';
import { newApplication, type TestApplication, uniqueText } from '../../support/site/fixtures.ts';
import { HttpBrowser, type Page, visibleText } from '../../support/site/http-browser.ts';
import { credentials, type Example, traces, wrongSecret } from '../example.ts';

interface Program extends RunningProcess {
  readonly url: string;
}

/** The suite of a program with pages of its own. */
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
      return { ...(await startServerProcess(example.serverCommand(id, port), port, example.options(values))), url };
    }

    it('shows “Success” with the number of devices after the authorization', async () => {
      const { browser, callback } = await approachCallback(example, right);
      const page = await browser.send(callback.href);
      expect(visibleText(page.html)).toContain('You currently own 2 devices.');
      expect(page.html).toContain('<title>Success</title>');
      expect(page.status).toBe(200);
    });

    it('sends a new state and a new PKCE challenge each time', async () => {
      const open = () => new HttpBrowser(example.site.url).send(`${right.url}/authenticate`);
      const queries = [await open(), await open()].map(({ location = '' }) => new URL(location).searchParams);
      expect(queries.map((query) => query.get('code_challenge_method'))).toEqual(['S256', 'S256']);
      for (const name of ['state', 'code_challenge']) {
        const values = queries.map((query) => query.get(name) ?? '');
        expect(new Set(values).size).toBe(2);
        for (const value of values) expect(value.length).toBeGreaterThanOrEqual(22);
      }
    });

    it('shows that access was denied', async () => {
      const { browser, callback } = await approachCallback(example, right, 'deny');
      expectErrorPage(await browser.send(callback.href), /access_denied: \w+/);
    });

    it('rejects a wrong state, and a callback in another browser', async () => {
      const { browser, callback } = await approachCallback(example, right);
      const otherBrowser = new HttpBrowser(example.site.url);
      expectErrorPage(await otherBrowser.send(callback.href), /state/);
      callback.searchParams.set('state', uniqueText());
      expectErrorPage(await browser.send(callback.href), /state/);
      callback.searchParams.delete('state');
      expectErrorPage(await browser.send(callback.href), /state/);
      callback.searchParams.set('state', '');
      expectErrorPage(await otherBrowser.send(callback.href), /state/);
    });

    it('shows that the secret is wrong', async () => {
      const { browser, callback } = await approachCallback(example, wrong);
      const page = await browser.send(callback.href);
      expectErrorPage(page, /\/oauth2\/token\/ answered 401: invalid_client: \w+/);
    });

    it('shows that the code is invalid', async () => {
      const { browser, callback } = await approachCallback(example, right);
      callback.searchParams.set('code', uniqueText());
      const page = await browser.send(callback.href);
      expectErrorPage(page, /\/oauth2\/token\/ answered 400: invalid_grant: \w+/);
    });

    it('escapes what it shows', async () => {
      const { browser, callback } = await approachCallback(example, right, 'deny');
      callback.searchParams.set('error_description', '<img src=x>');
      const { html } = await browser.send(callback.href);
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

/** Authorizes or denies in a browser, up to the redirect to the callback of the program, which is not followed. */
async function approachCallback(example: Example, program: Program, decision: 'authorize' | 'deny' = 'authorize') {
  const browser = new HttpBrowser(example.site.url);
  await browser.logIn(example.person);
  const start = await browser.send(`${program.url}/authenticate`);
  expect(start.location).toContain(`${example.site.url}/oauth2/authorize/?`);
  const done = await decide(browser, await browser.open(start.location ?? ''), decision);
  expect(done.location).toContain(`${program.url}/authorized/?`);
  return { browser, callback: new URL(done.location ?? '') };
}

/** Expects a page with status 400, the reason, and no stack trace. */
function expectErrorPage(page: Page, reason: RegExp): void {
  expect(visibleText(page.html)).toMatch(reason);
  expect(page.status).toBe(400);
  expect(page.html).not.toContain('Success');
  expect(page.html).not.toMatch(traces);
}
