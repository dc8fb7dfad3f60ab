import { readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mintAccessToken } from '../../src/oauth/formats/access-token.ts';
import { openStore } from '../../src/storage/open.ts';
import { buildOnce, newPlace, run } from '../cli/run.ts';
import { callApi, logInByPassword, refresh, type Tokens, tokensOf } from '../support/oauth.ts';
import { type ServerProcess, serve } from '../support/processes/insiders.ts';
import { freePort } from '../support/processes/ports.ts';
import { newApplication, newUser, type TestApplication, type TestUser } from '../support/site/fixtures.ts';

const place = newPlace();
const file = join(place.dataDir, 'keys.json');
const data = ['--data-dir', place.dataDir];

const faults: readonly (readonly [string, () => void])[] = [
  ['broken', () => writeFileSync(file, '{"keys":[{"id":0,"secret":"hunter2')],
  ['emptied', () => writeFileSync(file, '')],
  ['without a key', () => writeFileSync(file, '{"keys":[]}')],
];

describe('a server whose keys.json is damaged while it runs', () => {
  let server: ServerProcess;
  let application: TestApplication;
  let person: TestUser;
  let tokens: Tokens;
  let intact: string;

  beforeAll(async () => {
    buildOnce();
    const store = await openStore({ dataDir: place.dataDir });
    application = await newApplication({ store }, { grantType: 'password' });
    person = await newUser({ store });
    await store.close();
    server = await serve(data);
    intact = readFileSync(file, 'utf8');
    tokens = tokensOf(await logInByPassword(server, application, person));
  }, 120_000);
  afterAll(async () => {
    await server.kill();
    place.remove();
  });

  /** The server reads the file every second, and at once when a token names an unknown key, as this one does. */
  async function makeServerReadFile(): Promise<void> {
    const key = { id: 200, secret: Buffer.alloc(32) };
    const ids = { tokenId: 'A'.repeat(20), familyId: 'A'.repeat(22) };
    const unknown = mintAccessToken(key, { ...ids, expiresAt: Date.now() + 60_000 });
    expect((await callApi(server, unknown)).status).toBe(401);
  }

  it.each([...faults.slice(0, 2), ['removed', () => unlinkSync(file)] as const])(
    'keeps using the keys that it has read: %s',
    async (_what, damage) => {
      damage();
      await makeServerReadFile();
      expect((await callApi(server, tokens.access_token)).status).toBe(200);
      const fresh = tokensOf(await refresh(server, application, tokens.refresh_token));
      expect((await callApi(server, fresh.access_token)).status).toBe(200);
      expect((await callApi(server, `${tokens.access_token}x`)).status).toBe(401);
      expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    },
  );

  it('tells the operator, and does not quote the file', () => {
    expect(server.output.stderr).toContain('The ring of keys stays as it is.');
    expect(server.output.stderr).not.toMatch(/hunter2|^\s+at /m);
  });

  it('reads the repaired file, and the next rotation', async () => {
    writeFileSync(file, intact, { mode: 0o600 });
    expect((await run(['keys', 'rotate', ...data])).code).toBe(0);
    await makeServerReadFile();
    const fresh = tokensOf(await logInByPassword(server, application, person));
    for (const { access_token } of [tokens, fresh]) expect((await callApi(server, access_token)).status).toBe(200);
    expect(await server.stop()).toBe(0);
    server = await serve(data);
    for (const { access_token } of [tokens, fresh]) expect((await callApi(server, access_token)).status).toBe(200);
  });

  it('refuses tokens of a leaked key once it is retired', async () => {
    const leaked = JSON.parse(readFileSync(file, 'utf8')).keys.at(-1).id;
    expect((await run(['keys', 'retire', String(leaked), ...data])).code).toBe(0);
    await expect.poll(async () => (await callApi(server, tokens.access_token)).status, { timeout: 5000 }).toBe(401);
    tokens = tokensOf(await refresh(server, application, tokens.refresh_token));
    expect((await callApi(server, tokens.access_token)).status).toBe(200);
  });

  it.each(faults)(
    'makes keys rotate and a new start fail with one sentence, and change nothing: %s',
    async (_what, damage) => {
      damage();
      const damaged = readFileSync(file, 'utf8');
      const port = String(await freePort());
      for (const ran of await Promise.all([
        run(['keys', 'rotate', ...data]),
        run(['serve', ...data, '--port', port]),
      ])) {
        expect(ran).toMatchObject({ code: 1, stdout: '' });
        expect(ran.stderr).toMatch(/^\S+keys\.json can't be used\. [^\n]+\n$/);
        expect(ran.stderr).not.toContain('hunter2');
      }
      expect(readFileSync(file, 'utf8')).toBe(damaged);
    },
  );
});
