import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/storage/open.ts';
import { buildOnce, newPlace } from '../cli/run.ts';
import {
  callApi,
  introspect,
  logInByPassword,
  readResponse,
  refresh,
  type Tokens,
  tokensOf,
} from '../support/oauth.ts';
import { type ServerProcess, serve } from '../support/processes/insiders.ts';
import { newApplication, newUser, type TestApplication, type TestUser } from '../support/site/fixtures.ts';
import { HttpBrowser, visibleText } from '../support/site/http-browser.ts';

// A limit on the size of files stands for a full disk.
describe.runIf(process.platform === 'linux')('a server whose disk is full', () => {
  const place = newPlace();
  let server: ServerProcess;
  let application: TestApplication;
  let person: TestUser;
  let tokens: Tokens;

  beforeAll(async () => {
    buildOnce();
    const store = await openStore({ dataDir: place.dataDir });
    application = await newApplication({ store }, { grantType: 'password', refreshPolicy: 'rotate' });
    person = await newUser({ store });
    await store.close();
    server = await serve(['--data-dir', place.dataDir]);
    tokens = tokensOf(await logInByPassword(server, application, person));
    limitFiles('1');
  }, 120_000);
  afterAll(async () => {
    await server.kill();
    place.remove();
  });

  it('responds to programs with 503 and Retry-After, in JSON', async () => {
    for (const response of [
      await logInByPassword(server, application, person),
      await refresh(server, application, tokens.refresh_token),
    ]) {
      expect([response.status, response.body.error]).toEqual([503, 'temporarily_unavailable']);
      expect(response.headers.get('retry-after')).toMatch(/^[1-9][0-9]*$/);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.text).not.toMatch(/sqlite|disk/i);
    }
  });

  it('responds to callers of the API with 503 and Retry-After, in the format of the API', async () => {
    const response = await fetch(`${server.url}/api/v1/devices/take-ownership/`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens.access_token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ serial_number: '0123456789', device_name: 'abcdef012345' }),
    }).then(readResponse);
    expect([response.status, response.body.code]).toEqual([503, 'temporarily_unavailable']);
    expect(response.headers.get('retry-after')).toMatch(/^[1-9][0-9]*$/);
  });

  it('responds to browsers with 503 and Retry-After, on a page', async () => {
    const page = await new HttpBrowser(server.url).logIn(person);
    expect(page.status).toBe(503);
    expect(page.headers.get('retry-after')).toMatch(/^[1-9][0-9]*$/);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(visibleText(page.html)).not.toMatch(/sqlite|disk/i);
  });

  it('reports that it is not ready, but healthy', async () => {
    expect((await fetch(`${server.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  it('still reads: the API accepts tokens, and pages are shown', async () => {
    expect((await callApi(server, tokens.access_token)).status).toBe(200);
    expect((await introspect(server, application, tokens.access_token)).body.active).toBe(true);
    expect((await fetch(`${server.url}/login/`)).status).toBe(200);
  });

  it('writes again once there is space, without a restart', async () => {
    limitFiles('unlimited');
    // `/readyz` caches its response for a second.
    await expect.poll(async () => (await fetch(`${server.url}/readyz`)).status, { timeout: 5000 }).toBe(200);
    const next = tokensOf(await refresh(server, application, tokens.refresh_token));
    expect(next.refresh_token).not.toBe(tokens.refresh_token);
    expect(
      (await callApi(server, tokensOf(await logInByPassword(server, application, person)).access_token)).status,
    ).toBe(200);
    expect((await new HttpBrowser(server.url).logIn(person)).url.pathname).toBe('/account/');
    expect(await server.stop()).toBe(0);
  });

  /** Limits the size of files. It sets the soft limit only, so that it can be raised again. */
  function limitFiles(bytes: string): void {
    execFileSync('prlimit', [`--pid=${server.pid}`, `--fsize=${bytes}:`]);
  }
});
