import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser, type Page, textOf } from '../support/client.ts';
import { authorizeAt, decide, obtainTokens, refresh, type Tokens } from '../support/oauth.ts';
import { newApplication, newDevice, newPerson, type Person, type TestApplication, unique } from '../support/people.ts';
import { freePort, newSite } from '../support/server.ts';
import { Front } from './front.ts';
import { type Ended, type Running, runToEnd, start, startServer, untilWritten } from './programs.ts';
import { build, builtFile, environment, fileOf, isThere, type Toolchain, toolchains } from './toolchains.ts';

const ids = ['authorization-code', 'password', 'refresh', 'revoke', 'paging'];
const serverIds = ({ language }: Toolchain) =>
  language === 'typescript' ? ['authorization-code', 'authorization-code-openid-client'] : ['authorization-code'];

const ran: string[] = [];
const skipped: string[] = [];
const wrongSecret = 'wrong-and-not-a-secret';
/** What a person must never be shown. */
const traces = /Traceback|goroutine|Exception in|Fatal error|Stack trace|\bat .+[:(]\d+/;

/** The programs as they are shipped, each as a process that knows nothing but its environment. */
describe('the example programs', () => {
  const site = newSite();
  const home = mkdtempSync(join(tmpdir(), 'insiders-examples-'));
  const owner = { now: 2, earlier: 1 };
  let person: Person;
  beforeAll(async () => {
    await site.start();
    person = await newPerson(site);
    for (let index = 0; index < owner.now + owner.earlier; index += 1) {
      const device = await newDevice(site, person);
      if (index < owner.earlier) {
        await site.store.devices.release({ userId: person.id, deviceId: device.id, now: Date.now() });
      }
    }
  });
  afterAll(async () => {
    await site.stop();
    rmSync(home, { recursive: true, force: true });
    console.log(`Example programs that ran:\n  ${ran.join('\n  ')}`);
    if (skipped.length > 0) console.log(`Skipped, for want of the toolchain:\n  ${skipped.join('\n  ')}`);
  });

  for (const toolchain of toolchains) {
    const { language } = toolchain;
    const there = isThere(toolchain);
    if (!there) skipped.push(language);

    it.runIf(toolchain.required)(`${language} is there`, () => {
      expect(there, toolchain.probe.join(' ')).toBe(true);
    });

    describe.skipIf(!there)(language, () => {
      beforeAll(() => build(toolchain, ids, home), 300_000);

      const commandOf = (id: string) => {
        ran.push(`${language}/${id}`);
        return toolchain.command(fileOf(toolchain, id), builtFile(home, id));
      };
      const options = (cwd: string, values: Readonly<Record<string, string>>) => ({
        cwd,
        env: environment(home, { INSIDERS_URL: site.url, ...values }),
      });
      const runExample = (id: string, values: Readonly<Record<string, string>>, cwd = home): Promise<Ended> =>
        runToEnd(commandOf(id), options(cwd, values));

      describe.each(language === 'curl' ? [] : serverIds(toolchain))('%s', (id) => {
        let application: TestApplication;
        let right: Program;
        let wrong: Program;
        interface Program extends Running {
          readonly url: string;
        }

        beforeAll(async () => {
          const [rightPort, wrongPort] = [await freePort(), await freePort()];
          const redirectUris = [rightPort, wrongPort].map((port) => `http://127.0.0.1:${port}/authorized/`);
          application = await newApplication(site, { redirectUris });
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
          const command = toolchain.serve?.(fileOf(toolchain, id), port) ?? commandOf(id);
          if (toolchain.serve !== undefined) ran.push(`${language}/${id}`);
          return { ...(await startServer(command, port, options(home, values))), url };
        }

        /** What a person does, up to the program's callback, which is not opened yet. */
        async function comeBack(browser: Browser, program: Program, decision: 'authorize' | 'deny'): Promise<string> {
          await browser.logIn(person);
          const leave = await browser.send(`${program.url}/authenticate`);
          const done = await decide(browser, await browser.open(leave.location ?? ''), decision);
          expect(done.location).toContain(`${program.url}/authorized/?`);
          return done.location ?? '';
        }

        async function expectRefusal(page: Page, reason: RegExp): Promise<void> {
          expect(page.status).toBe(400);
          const text = textOf(page.html);
          expect(text).toMatch(reason);
          expect(text).not.toContain('Success');
          expect(page.html).not.toMatch(traces);
        }

        it('leads from /authenticate to “Success” with the number of devices', async () => {
          const browser = new Browser(site.url);
          const page = await browser.send(await comeBack(browser, right, 'authorize'));
          expect(textOf(page.html)).toContain(`You currently own ${owner.now} devices.`);
          expect(page.html).toContain('<title>Success</title>');
          expect(page.status).toBe(200);
        });

        it('sends state and a PKCE challenge of its own each time', async () => {
          const queries = await Promise.all(
            [1, 2].map(async () => {
              const { location = '' } = await new Browser(site.url).send(`${right.url}/authenticate`);
              return new URL(location).searchParams;
            }),
          );
          expect(queries.map((query) => query.get('code_challenge_method'))).toEqual(['S256', 'S256']);
          for (const name of ['state', 'code_challenge']) {
            const values = queries.map((query) => query.get(name) ?? '');
            expect(new Set(values).size).toBe(2);
            for (const value of values) expect(value.length).toBeGreaterThanOrEqual(32);
          }
        });

        it('shows that access was denied', async () => {
          const browser = new Browser(site.url);
          await expectRefusal(await browser.send(await comeBack(browser, right, 'deny')), /access_denied: \w+/);
        });

        it('refuses a wrong state, and an answer in another browser', async () => {
          const browser = new Browser(site.url);
          const back = new URL(await comeBack(browser, right, 'authorize'));
          const stranger = new Browser(site.url);
          await expectRefusal(await stranger.send(back.href), /state/);
          back.searchParams.set('state', unique());
          await expectRefusal(await browser.send(back.href), /state/);
          back.searchParams.delete('state');
          await expectRefusal(await browser.send(back.href), /state/);
        });

        it('shows why the token endpoint refused: a wrong secret, a code that is no good', async () => {
          const browser = new Browser(site.url);
          const refused = await browser.send(await comeBack(browser, wrong, 'authorize'));
          await expectRefusal(refused, /\/oauth2\/token\/ answered 401: invalid_client: \w+/);
          const back = new URL(await comeBack(browser, right, 'authorize'));
          back.searchParams.set('code', 'not<b>a code');
          await expectRefusal(await browser.send(back.href), /\/oauth2\/token\/ answered 400: invalid_grant: \w+/);
        });

        it('escapes what it shows', async () => {
          const browser = new Browser(site.url);
          const back = new URL(await comeBack(browser, right, 'deny'));
          back.searchParams.set('error_description', '<img src=x>');
          const page = await browser.send(back.href);
          expect(page.html).toContain('access_denied');
          expect(page.html).not.toContain('<img');
        });

        it('writes neither codes nor secrets nor traces', async () => {
          for (const program of [right, wrong]) {
            const { stdout, stderr } = program.output();
            expect(stdout + stderr).not.toMatch(/code=|"(access|refresh)_token"/);
            expect(stdout + stderr).not.toMatch(traces);
            expect(stdout + stderr).not.toContain(application.clientSecret);
          }
        });

        it('needs a secret', async () => {
          if (toolchain.serve !== undefined) return;
          const { code, stderr } = await runExample(id, {
            INSIDERS_REDIRECT_URI: `http://127.0.0.1:${await freePort()}/`,
          });
          expect(code).not.toBe(0);
          expect(stderr).toContain('INSIDERS_CLIENT_SECRET');
          expect(stderr).not.toMatch(traces);
        });
      });

      describe.runIf(language === 'curl')('authorization-code', () => {
        async function begin(secret?: string): Promise<{ readonly program: Running; readonly address: string }> {
          const application = await newApplication(site, { redirectUris: ['http://127.0.0.1:8000/authorized/'] });
          const values = credentials(application, secret);
          const program = start(commandOf('authorization-code'), options(home, values));
          return { program, address: await untilWritten(program, /http:\S+challenge_method=S256(?=\n)/) };
        }

        it('prints an address, and takes the one that it led to', async () => {
          const { program, address } = await begin();
          program.write((await authorizeAt(site, address, person)).href);
          const { code, stdout, stderr } = await program.ended;
          expect(stderr).toBe('');
          expect(stdout).toMatch(/Success\nYou currently own 2 devices\.\n$/);
          expect(code).toBe(0);
        });

        it('says that access was denied', async () => {
          const { program, address } = await begin();
          program.write((await authorizeAt(site, address, person, 'deny')).href);
          expectFailure(await program.ended, /^access_denied: \w+/);
        });

        it('refuses a wrong state', async () => {
          const { program, address } = await begin();
          const back = await authorizeAt(site, address, person);
          back.searchParams.set('state', unique());
          program.write(back.href);
          expectFailure(await program.ended, /The state is wrong/);
        });

        it('says that the secret is wrong', async () => {
          const { program, address } = await begin(wrongSecret);
          program.write((await authorizeAt(site, address, person)).href);
          expectFailure(await program.ended, /^\/oauth2\/token\/ answered 401: invalid_client: \w+/);
        });
      });

      describe('password', () => {
        const knownTo = (application: TestApplication, password: string, secret?: string) => ({
          ...credentials(application, secret),
          INSIDERS_USERNAME: person.email,
          INSIDERS_PASSWORD: password,
        });

        it('counts the devices', async () => {
          const application = await newApplication(site, { grantType: 'password' });
          const { code, stdout, stderr } = await runExample('password', knownTo(application, person.password));
          expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'You currently own 2 devices.\n', stderr: '' });
        });

        it('takes any password', async () => {
          const odd = await newPerson(site, { password: `a "b" \\ 100% 'c' & d+e=é ${unique()}` });
          const application = await newApplication(site, { grantType: 'password' });
          const values = { ...knownTo(application, odd.password), INSIDERS_USERNAME: odd.email };
          expect(await runExample('password', values)).toMatchObject({
            code: 0,
            stdout: 'You currently own 0 devices.\n',
          });
        });

        it('says that the password or the secret is wrong', async () => {
          const application = await newApplication(site, { grantType: 'password' });
          const wrongPassword = await runExample('password', knownTo(application, 'wrong'));
          expectFailure(wrongPassword, /^\/oauth2\/token\/ answered 400: invalid_grant: \w+/);
          const wrongOne = await runExample('password', knownTo(application, person.password, wrongSecret));
          expectFailure(wrongOne, /^\/oauth2\/token\/ answered 401: invalid_client: \w+/);
        });

        it('follows no redirect with a password in its hands', async () => {
          const application = await newApplication(site, { grantType: 'password' });
          const headers = { location: '/elsewhere/' };
          const front = await Front.before(site, () => ({ status: 307, headers }));
          const values = { ...knownTo(application, person.password), INSIDERS_URL: front.url };
          expectFailure(await runExample('password', values), /^\/oauth2\/token\/ answered 307/);
          expect(front.seen).toEqual(['POST /oauth2/token/']);
          front.close();
        });

        it('says what it needs, and that nobody is there', async () => {
          const application = await newApplication(site, { grantType: 'password' });
          const { INSIDERS_CLIENT_SECRET: _, ...without } = knownTo(application, person.password);
          expectFailure(await runExample('password', without), /INSIDERS_CLIENT_SECRET/);
          const alone = { ...knownTo(application, 'any'), INSIDERS_URL: `http://127.0.0.1:${await freePort()}` };
          expectFailure(await runExample('password', alone), /./);
        });
      });

      describe('refresh', () => {
        async function prepare() {
          const application = await newApplication(site, { refreshPolicy: 'rotate' });
          const tokens = await obtainTokens(site, application, person);
          const front = await Front.before(site);
          const cwd = mkdtempSync(join(home, 'refresh-'));
          const file = join(cwd, 'insiders-tokens.json');
          const values = { ...credentials(application), INSIDERS_URL: front.url };
          const first = { ...values, REFRESH_TOKEN: tokens.refresh_token };
          const refreshes = () => front.seen.filter((what) => what === 'POST /oauth2/token/').length;
          return { application, tokens, front, cwd, file, values, first, refreshes };
        }
        const stored = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Tokens & { expires_at: number };
        const setEnd = (file: string, seconds: number) => {
          const expires_at = Math.floor(Date.now() / 1000) + seconds;
          writeFileSync(file, JSON.stringify({ ...stored(file), expires_at }));
        };

        it('refreshes once for all its callers, and keeps the tokens for its owner only', async () => {
          const { tokens, front, cwd, file, first, refreshes } = await prepare();
          const ended = await runExample('refresh', first, cwd);
          expect(ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/You currently own 2 devices\.\n$/) });
          expect((ended.stdout + ended.stderr).match(/Refreshed: good for 36000 s/g)).toHaveLength(1);
          if (language !== 'curl') expect(ended.stdout).toContain('Access tokens of 3 parallel callers: 1\n');
          expect(refreshes()).toBe(1);
          expect(statSync(file).mode & 0o777).toBe(0o600);
          const { access_token, refresh_token, expires_at } = stored(file);
          expect(refresh_token).not.toBe(tokens.refresh_token);
          expect(Math.abs(expires_at - Date.now() / 1000 - 36_000)).toBeLessThan(120);
          for (const secret of [access_token, refresh_token, tokens.refresh_token]) {
            expect(ended.stdout + ended.stderr).not.toContain(secret);
          }
          front.close();
        });

        it('goes on from its file: refreshes five minutes before the end, with the token that came last', async () => {
          const { front, cwd, file, values, first, refreshes } = await prepare();
          await runExample('refresh', first, cwd);
          const before = stored(file).refresh_token;
          setEnd(file, 400);
          expect((await runExample('refresh', values, cwd)).code).toBe(0);
          expect(refreshes()).toBe(1);
          setEnd(file, 290);
          expect((await runExample('refresh', first, cwd)).code).toBe(0);
          expect(refreshes()).toBe(2);
          expect(stored(file).refresh_token).not.toBe(before);
          expect(statSync(file).mode & 0o777).toBe(0o600);
          front.close();
        });

        it.runIf(language === 'curl')('refreshes once for processes side by side', async () => {
          const { front, cwd, first, refreshes } = await prepare();
          const all = await Promise.all([1, 2, 3].map(() => runExample('refresh', first, cwd)));
          expect(all.map(({ code }) => code)).toEqual([0, 0, 0]);
          expect(refreshes()).toBe(1);
          front.close();
        });

        it('says that the user must authorize again, and forgets tokens that are dead', async () => {
          const { application, front, cwd, file, values, first } = await prepare();
          await runExample('refresh', first, cwd);
          const { refresh_token } = stored(file);
          await runExample('revoke', { ...credentials(application), REFRESH_TOKEN: refresh_token });
          setEnd(file, 0);
          expectFailure(
            await runExample('refresh', values, cwd),
            /^The user must authorize again \(invalid_grant: \w+/,
          );
          expect(existsSync(file)).toBe(false);
          expectFailure(await runExample('refresh', values, cwd), /REFRESH_TOKEN/);
          front.close();
        });

        it('says that the secret is wrong, and keeps the tokens', async () => {
          const { application, front, cwd, file, first } = await prepare();
          await runExample('refresh', first, cwd);
          setEnd(file, 0);
          const ended = await runExample('refresh', credentials(application, wrongSecret), cwd);
          expectFailure(ended, /^\/oauth2\/token\/ answered 401: invalid_client: \w+/);
          expect(existsSync(file)).toBe(true);
          front.close();
        });
      });

      describe('revoke', () => {
        it('makes a refresh token useless, and is done when it already is', async () => {
          const application = await newApplication(site);
          const { refresh_token } = await obtainTokens(site, application, person);
          const values = { ...credentials(application), REFRESH_TOKEN: refresh_token };
          for (const _ of [1, 2]) {
            const ended = await runExample('revoke', values);
            expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining('Revoked'), stderr: '' });
          }
          expect((await refresh(site, application, refresh_token)).body.error).toBe('invalid_grant');
        });

        it('says that the secret is wrong', async () => {
          const application = await newApplication(site);
          const { refresh_token } = await obtainTokens(site, application, person);
          const values = { ...credentials(application, wrongSecret), REFRESH_TOKEN: refresh_token };
          expectFailure(
            await runExample('revoke', values),
            /^\/oauth2\/revoke-token\/ answered 401: invalid_client: \w+/,
          );
          expect((await refresh(site, application, refresh_token)).status).toBe(200);
        });
      });

      describe('paging', () => {
        let collector: Person;
        const serialNumbers: string[] = [];
        beforeAll(async () => {
          collector = await newPerson(site);
          for (let index = 0; index < 203; index += 1) {
            serialNumbers.push((await newDevice(site, collector)).serialNumber);
          }
        });

        it('walks through all pages, and waits when it is told to', async () => {
          const application = await newApplication(site);
          const { access_token } = await obtainTokens(site, application, collector);
          let refusals = 0;
          const front = await Front.before(site, (what) => {
            if (!/[?&]page=2\b/.test(what) || refusals > 0) return undefined;
            refusals += 1;
            return { status: 429, headers: { 'retry-after': '1' } };
          });
          const before = Date.now();
          const { code, stdout, stderr } = await runExample('paging', {
            INSIDERS_URL: front.url,
            ACCESS_TOKEN: access_token,
          });
          expect({ code, stderr }).toMatchObject({ code: 0 });
          const lines = stdout.trimEnd().split('\n');
          expect(lines.pop()).toBe('203 devices');
          expect(lines.map((line) => line.split(' ')[0]).sort()).toEqual(serialNumbers.toSorted());
          expect(front.seen.map((what) => /[?&]page=(\d+)/.exec(what)?.[1])).toEqual(['1', '2', '2', '3']);
          expect(Date.now() - before).toBeGreaterThanOrEqual(1000);
          front.close();
        });

        it('says that the access token is no good', async () => {
          expectFailure(await runExample('paging', { ACCESS_TOKEN: 'no' }), /^\/api\/v1\/devices\/ answered 401: \w+/);
          expectFailure(await runExample('paging', {}), /ACCESS_TOKEN/);
        });
      });
    });
  }
});

function credentials(application: TestApplication, secret = application.clientSecret ?? '') {
  return { INSIDERS_CLIENT_ID: application.clientId, INSIDERS_CLIENT_SECRET: secret };
}

function expectFailure({ code, stdout, stderr }: Ended, reason: RegExp): void {
  expect(stderr).toMatch(reason);
  expect(stderr).not.toMatch(traces);
  expect(stdout).not.toMatch(/Success|You currently own/);
  expect(code).not.toBe(0);
  expect(code).not.toBeNull();
}
