import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../src/storage/open.ts';
import { buildOnce, newPlace, type Ran, run } from '../cli/run.ts';
import { newPostgresLocation, newSqliteLocation, type StoreLocation } from '../support/database/stores.ts';
import { callApi, logInByPassword, refresh, type Tokens, tokensOf } from '../support/oauth.ts';
import { type ServerProcess, serve } from '../support/processes/insiders.ts';
import { freePort } from '../support/processes/ports.ts';
import { newApplication, newUser, type TestApplication, type TestUser } from '../support/site/fixtures.ts';
import { dataOptionsOf } from '../support/site/site.ts';

const newKey = (id: number) => `${id}:${randomBytes(32).toString('base64url')}`;
const inSetting = (...ring: readonly string[]) => ({ INSIDERS_SECRET_KEYS: ring.join(',') });
const keysOf = (ran: Ran) =>
  (JSON.parse(ran.stdout).findings as { check: string; result: string; text: string }[]).find(
    ({ check }) => check === 'keys',
  );

beforeAll(buildOnce, 120_000);

/** Runs `serve`, which must fail with one line, and returns that line. */
async function startErrorOf(data: readonly string[], environment = {}): Promise<string> {
  const ran = await run(['serve', ...data, '--port', String(await freePort())], { environment });
  expect(ran).toMatchObject({ code: 1, stdout: '' });
  expect(ran.stderr.trimEnd().split('\n')).toHaveLength(1);
  return ran.stderr;
}

/** Starts a server, which must be ready, and stops it. */
async function expectToServe(data: readonly string[], environment = {}): Promise<void> {
  const server = await serve(data, { environment });
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  expect(await server.stop()).toBe(0);
}

describe.each([
  ['in the data directory, on SQLite', newSqliteLocation],
  ['in the setting, on PostgreSQL', newPostgresLocation],
] as const)('a ring of keys that is lost: %s', (name, newPlaceOf) => {
  const inFile = name.includes('SQLite');
  const original: Record<string, string> = inFile ? {} : inSetting(newKey(0));
  const other = inSetting(newKey(0));
  const lost: Record<string, string> = inFile ? {} : other;
  const elsewhere = newPlace();
  let place: StoreLocation;
  let data: readonly string[];
  let file: string;
  let backedUp: string;
  let application: TestApplication;
  let person: TestUser;
  let tokens: Tokens;

  async function withServer(environment: Record<string, string>, work: (server: ServerProcess) => Promise<void>) {
    const server = await serve(data, { environment });
    try {
      await work(server);
    } finally {
      expect(await server.stop()).toBe(0);
    }
  }

  beforeAll(async () => {
    place = await newPlaceOf();
    data = dataOptionsOf(place);
    file = join('dataDir' in place.options ? place.options.dataDir : elsewhere.directory, 'keys.json');
    const store = await openStore(place.options);
    application = await newApplication({ store }, { grantType: 'password' });
    person = await newUser({ store });
    await store.close();
    await withServer(original, async (server) => {
      tokens = tokensOf(await logInByPassword(server, application, person));
    });
    backedUp = inFile ? readFileSync(file, 'utf8') : '';
  }, 120_000);
  afterAll(async () => {
    elsewhere.remove();
    await place.remove();
  });

  it('keeps serve from starting, with a sentence that says what to do', async () => {
    if (inFile) rmSync(file);
    const sentence = await startErrorOf(data, lost);
    expect(sentence).toMatch(inFile ? /keys\.json/ : /INSIDERS_SECRET_KEYS/);
    expect(sentence).toContain('insiders keys adopt');
    // A ring of another platform is refused as well.
    expect(await startErrorOf(data, other)).toContain('insiders keys adopt');
    expect(existsSync(file)).toBe(false);
  });

  it('is reported by doctor', async () => {
    const ran = await run(['doctor', '--json', ...data], { environment: lost });
    expect(ran.code).toBe(1);
    expect(keysOf(ran)).toMatchObject({ result: 'failed', text: expect.stringContaining('insiders keys adopt') });
    expect(existsSync(file)).toBe(false);
  });

  it.runIf(inFile)('is not replaced by a rotation', async () => {
    const ran = await run(['keys', 'rotate', ...data]);
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('insiders keys adopt') });
    expect(existsSync(file)).toBe(false);
  });

  it('is asked for after a restore elsewhere', async () => {
    const backup = join(elsewhere.directory, 'backup.db');
    expect((await run(['backup', backup, ...data])).code).toBe(0);
    const ran = await run(['restore', backup, '--data-dir', elsewhere.dataDir]);
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining('ring of keys') });
    expect(await startErrorOf(['--data-dir', elsewhere.dataDir])).toContain('keys.json');
    if (inFile) writeFileSync(join(elsewhere.dataDir, 'keys.json'), backedUp, { mode: 0o600 });
    await expectToServe(['--data-dir', elsewhere.dataDir], original);
  });

  it('can be put back: access tokens are active again', async () => {
    if (inFile) writeFileSync(file, backedUp, { mode: 0o600 });
    const ran = await run(['doctor', '--json', ...data], { environment: original });
    expect(keysOf(ran)?.result).toBe('ok');
    await withServer(original, async (server) => {
      expect((await callApi(server, tokens.access_token)).status).toBe(200);
    });
  });

  it('is replaced by keys adopt: access tokens are refused, refresh tokens still work', async () => {
    if (inFile) rmSync(file);
    const ran = await run(['keys', 'adopt', ...data], { environment: lost });
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect((await run(['audit', 'list', ...data])).stdout).toContain('keys.adopted');
    await withServer(lost, async (server) => {
      expect((await callApi(server, tokens.access_token)).status).toBe(401);
      const refreshed = tokensOf(await refresh(server, application, tokens.refresh_token));
      expect((await callApi(server, refreshed.access_token)).status).toBe(200);
    });
    if (inFile) writeFileSync(file, backedUp, { mode: 0o600 });
    expect(await startErrorOf(data, original)).toContain('insiders keys adopt');
  });
});

describe('a rotation of the ring in the setting, node by node', () => {
  let place: StoreLocation;
  const [old, next] = [newKey(0), newKey(1)];
  beforeAll(async () => {
    place = await newPostgresLocation();
  });

  it('starts every node at every stage, but no node without the signing key', async () => {
    const data = dataOptionsOf(place);
    const before = inSetting(old);
    const known = inSetting(old, next);
    const used = inSetting(next, old);
    for (const stage of [before, known, before, known, used, known, used]) await expectToServe(data, stage);
    expect(await startErrorOf(data, before)).toContain('key 1');
    await expectToServe(data, inSetting(next));
  });
});

describe('a rotation of the ring in the data directory', () => {
  it('is recorded in the database, and a running server without the new key is not ready', async () => {
    const place = newPlace();
    const data = ['--data-dir', place.dataDir];
    const file = join(place.dataDir, 'keys.json');
    const server = await serve(data, { environment: { INSIDERS_LOG_LEVEL: 'error' } });
    onTestFinished(() => server.kill());
    const first = readFileSync(file, 'utf8');
    expect((await run(['keys', 'rotate', ...data])).code).toBe(0);
    const rotated = readFileSync(file, 'utf8');
    const readiness = async () => (await fetch(`${server.url}/readyz`)).status;
    await expect.poll(readiness, { timeout: 5000 }).toBe(200);
    // The previous ring: it lacks the key that the rotation created.
    writeFileSync(file, first, { mode: 0o600 });
    await expect.poll(readiness, { timeout: 5000 }).toBe(503);
    expect(server.output.stderr).toContain('ring of keys');
    writeFileSync(file, rotated, { mode: 0o600 });
    await expect.poll(readiness, { timeout: 5000 }).toBe(200);
    expect(await server.stop()).toBe(0);
    writeFileSync(file, first, { mode: 0o600 });
    expect(await startErrorOf(data)).toContain('key 1');
    place.remove();
  });
});
