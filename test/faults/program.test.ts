import { spawn } from 'node:child_process';
import { openSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/storage/open.ts';
import { buildOnce } from '../cli/run.ts';
import { Browser } from '../support/client.ts';
import { callApi, logInByPassword, tokensOf } from '../support/oauth.ts';
import { newApplication, newPerson } from '../support/people.ts';
import { freePort } from '../support/server.ts';
import { newDirectory } from '../support/stores.ts';

const program = fileURLToPath(new URL('../../bin/insiders.mjs', import.meta.url));

beforeAll(buildOnce, 120_000);

/** A server in a process of its own, on a directory of its own. */
async function start(stderr: 'ignore' | number = 'ignore') {
  const place = await newDirectory();
  const port = await freePort();
  const { dataDir } = place.options;
  const child = spawn(process.execPath, [program, 'serve', '--port', String(port), '--data-dir', dataDir], {
    env: { PATH: process.env.PATH, INSIDERS_LOG_LEVEL: 'trace' },
    stdio: ['ignore', 'pipe', stderr],
  });
  await new Promise<void>((ready, failed) => {
    child.stdout?.on('data', () => ready());
    child.once('exit', (code) => failed(new Error(`It ended with ${code}`)));
  });
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  const stop = async () => {
    child.kill('SIGTERM');
    const code = await ended;
    await place.remove();
    return code;
  };
  return { url: `http://127.0.0.1:${port}`, port, dataDir, child, ended, stop };
}

describe('a server that cannot write its log', () => {
  it('goes on answering', async () => {
    const server = await start(openSync('/dev/full', 'w'));
    for (let times = 0; times < 20; times += 1) {
      expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
      expect((await fetch(`${server.url}/oauth2/token/`, { method: 'POST' })).status).toBe(401);
    }
    expect(await server.stop()).toBe(0);
  }, 30_000);
});

describe('a server whose database somebody else holds', () => {
  let server: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server.stop());

  it('answers 503 to who has to write, goes on reading, and recovers', async () => {
    const store = await openStore({ dataDir: server.dataDir });
    const site = { store };
    const [application, person] = [await newApplication(site, { grantType: 'password' }), await newPerson(site)];
    const tokens = tokensOf(await logInByPassword(server, application, person));
    await store.close();
    const other = new DatabaseSync(join(server.dataDir, 'insiders.db'));
    other.exec('begin immediate');
    const refused = await logInByPassword(server, application, person);
    expect([refused.status, refused.body.error]).toEqual([503, 'temporarily_unavailable']);
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
    expect((await callApi(server, tokens.access_token)).status).toBe(200);
    const browser = new Browser(server.url);
    const page = await browser.logIn(person);
    expect(page.status).toBe(503);
    expect(page.html).toContain('Back in a moment');
    other.exec('rollback');
    other.close();
    expect((await logInByPassword(server, application, person)).status).toBe(200);
  }, 60_000);
});

describe('a server whose write fails', () => {
  it('says nothing of why, loses nothing, and goes on', async () => {
    const server = await start();
    const store = await openStore({ dataDir: server.dataDir });
    const [application, person] = [
      await newApplication({ store }, { grantType: 'password' }),
      await newPerson({ store }),
    ];
    await store.close();
    const other = new DatabaseSync(join(server.dataDir, 'insiders.db'));
    // Fails within the act, as a full disk or a broken index does.
    other.exec(
      "create trigger full before insert on families begin select raise(abort, 'database or disk is full'); end",
    );
    const refused = await logInByPassword(server, application, person);
    expect(refused.status).toBeGreaterThanOrEqual(500);
    expect(refused.text).not.toContain('disk');
    other.exec('drop trigger full');
    other.close();
    expect((await logInByPassword(server, application, person)).status).toBe(200);
    expect(await server.stop()).toBe(0);
  }, 30_000);
});

describe('a server whose ring of keys is broken while it runs', () => {
  it.each([
    ['emptied', (file: string) => writeFileSync(file, '')],
    ['garbage', (file: string) => writeFileSync(file, '{"keys":[')],
    ['gone', (file: string) => rmSync(file)],
  ])(
    'goes on with the keys that it has: %s',
    async (_what, harm) => {
      const server = await start();
      const store = await openStore({ dataDir: server.dataDir });
      const [application, person] = [
        await newApplication({ store }, { grantType: 'password' }),
        await newPerson({ store }),
      ];
      await store.close();
      const tokens = tokensOf(await logInByPassword(server, application, person));
      harm(join(server.dataDir, 'keys.json'));
      await new Promise((resolve) => setTimeout(resolve, 1500));
      expect((await callApi(server, tokens.access_token)).status).toBe(200);
      expect((await logInByPassword(server, application, person)).status).toBe(200);
      expect(await server.stop()).toBe(0);
    },
    30_000,
  );
});

describe('a server that is told to end', () => {
  it('does so within its patience, whoever is slow', async () => {
    const server = await start();
    const half = connect(server.port, '127.0.0.1');
    half.on('error', () => {});
    half.write('POST /oauth2/token/ HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\ngrant');
    const idle = connect(server.port, '127.0.0.1');
    idle.on('error', () => {});
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    const stopped = await Promise.race([server.stop(), afterSeconds(14)]);
    half.destroy();
    idle.destroy();
    expect(stopped).toBe(0);
  }, 30_000);
});

function afterSeconds(seconds: number): Promise<string> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(`still running after ${seconds} s`), seconds * 1000);
  });
}
