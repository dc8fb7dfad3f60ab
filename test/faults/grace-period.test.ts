import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, it, type TestContext } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { createServer } from '../../src/http/server.ts';
import { openStore } from '../../src/storage/open.ts';
import { buildOnce, newPlace } from '../cli/run.ts';
import { newSqliteLocation } from '../support/database/stores.ts';
import { openRaw } from '../support/network/raw-http.ts';
import { basic, callApi, logInByPassword, refresh, tokensOf } from '../support/oauth.ts';
import { type ServerProcess, serve } from '../support/processes/insiders.ts';
import { newApplication, newUser, type TestApplication, type TestUser } from '../support/site/fixtures.ts';
import { HttpBrowser } from '../support/site/http-browser.ts';
import { TestServer } from '../support/site/site.ts';

// The server's grace periods are fixed and take seconds, so these tests run concurrently.

const place = newPlace();
const form = 'Content-Type: application/x-www-form-urlencoded';
let application: TestApplication;
let person: TestUser;

beforeAll(async () => {
  buildOnce();
  const store = await openStore({ dataDir: place.dataDir });
  application = await newApplication({ store }, { grantType: 'password' });
  person = await newUser({ store });
  await store.close();
}, 120_000);
afterAll(() => place.remove());

describe.concurrent('a server that gets SIGTERM', () => {
  it('responds to the requests that it has received, and does not wait for idle connections', async ({
    expect,
    onTestFinished,
  }) => {
    const server = await start(onTestFinished);
    const idle = await openRaw(server.url);
    idle.socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await idle.says(/"status":"ok"/);
    const [complete, partial] = [await openRaw(server.url), await openRaw(server.url)];
    const body = `${new URLSearchParams({ grant_type: 'password', username: person.email, password: person.password })}`;
    const head = [
      'POST /oauth2/token/ HTTP/1.1',
      'Host: localhost',
      form,
      `Authorization: ${basic(application)}`,
      `Content-Length: ${body.length}`,
      '',
      '',
    ].join('\r\n');
    partial.socket.write(head + body.slice(0, 20));
    complete.socket.write(head + body);
    // The response to a later request shows that the server has read both.
    await fetch(`${server.url}/healthz`);
    const signalledAt = performance.now();
    const ended = server.stop();
    await idle.closed;
    partial.socket.write(body.slice(20));
    for (const connection of [complete, partial]) {
      await connection.closed;
      expect(connection.text()).toMatch(/^HTTP\/1\.1 200 /);
      expect(connection.text()).toContain('"access_token"');
    }
    expect(await ended).toBe(0);
    // The server does not wait for keep-alive connections that have got their response.
    expect(performance.now() - signalledAt).toBeLessThan(8000);
    expect(server.output.stderr).toBe('');
  });

  it('closes connections with unfinished requests after the grace period, and exits with 0', async ({
    expect,
    onTestFinished,
  }) => {
    const server = await start(onTestFinished);
    const stalled = [
      'GET /healthz HTT',
      'GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: ',
      `POST /oauth2/token/ HTTP/1.1\r\nHost: localhost\r\n${form}\r\nContent-Length: 1000\r\n\r\ngrant_type=`,
      `POST /login/ HTTP/1.1\r\nHost: localhost\r\n${form}\r\nTransfer-Encoding: chunked\r\n\r\n400\r\nemail=`,
      '',
    ];
    const clients = await Promise.all(stalled.map(() => openRaw(server.url)));
    clients.forEach(({ socket }, index) => void socket.write(stalled[index] ?? ''));
    await fetch(`${server.url}/healthz`);
    const signalledAt = performance.now();
    expect(await server.stop()).toBe(0);
    // The grace period is ten seconds. A supervisor would send SIGKILL soon after.
    expect(performance.now() - signalledAt).toBeLessThan(14_000);
    for (const client of clients) await client.closed;
  });

  async function start(onTestFinished: TestContext['onTestFinished']): Promise<ServerProcess> {
    const environment = { INSIDERS_LOG_LEVEL: 'error' };
    const server = await serve(['--data-dir', place.dataDir], { environment });
    onTestFinished(() => server.kill());
    return server;
  }
});

describe.concurrent('a request whose headers never end', () => {
  it('is closed', async ({ expect, onTestFinished }) => {
    const problem = () => Promise.reject(new Error('No request got this far'));
    const app = createServer(loadConfig({}, { logLevel: 'silent' }), {
      forPages: problem,
      forApi: problem,
      forPrograms: problem,
    });
    expect(app.server.headersTimeout).toBe(15_000);
    app.server.headersTimeout = 100;
    onTestFinished(() => app.close());
    const client = await openRaw(await app.listen({ host: '127.0.0.1', port: 0 }));
    client.socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n');
    const interval = setInterval(() => client.socket.write('X-Slow: 1\r\n'), 200);
    onTestFinished(() => clearInterval(interval));
    await client.closed;
    expect(client.text()).toMatch(/^(HTTP\/1\.1 408 |$)/);
  });
});

describe.concurrent('a SQLite file that another process has locked for writing', () => {
  it('delays writes until they get 503 and Retry-After; reads go on', async ({ expect, onTestFinished }) => {
    const directory = await newSqliteLocation();
    const site = new TestServer(async () => directory, { logLevel: 'silent' });
    onTestFinished(() => site.stop());
    await site.start();
    const application = await newApplication(site, { grantType: 'password', refreshPolicy: 'rotate' });
    const person = await newUser(site);
    const tokens = tokensOf(await logInByPassword(site, application, person));
    const other = new DatabaseSync(join(directory.options.dataDir, 'insiders.db'));
    onTestFinished(() => {
      if (other.isOpen) other.close();
    });
    other.exec('begin immediate');
    let waiting = true;
    const writes = Promise.all([
      refresh(site, application, tokens.refresh_token),
      logInByPassword(site, application, person),
      new HttpBrowser(site.url).logIn(person),
    ]).finally(() => {
      waiting = false;
    });
    for (let times = 0; times < 20; times += 1) {
      expect((await callApi(site, tokens.access_token)).status).toBe(200);
      expect((await fetch(`${site.url}/login/`)).status).toBe(200);
    }
    expect(waiting).toBe(true);
    for (const response of await writes) {
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toMatch(/^[1-9][0-9]*$/);
    }
    other.exec('rollback');
    other.close();
    const next = tokensOf(await refresh(site, application, tokens.refresh_token));
    expect((await callApi(site, next.access_token)).status).toBe(200);
    expect((await new HttpBrowser(site.url).logIn(person)).url.pathname).toBe('/account/');
  });
});
