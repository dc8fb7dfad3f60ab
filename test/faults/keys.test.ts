import { readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mintAccessToken } from '../../src/oauth/formats/access-token.ts';
import { openStore } from '../../src/storage/open.ts';
import { buildOnce, newPlace, run } from '../cli/run.ts';
import { callApi, logInByPassword, refresh, type Tokens, tokensOf } from '../support/oauth.ts';
import { newApplication, newPerson, type Person, type TestApplication } from '../support/people.ts';
import { freePort } from '../support/ports.ts';
import { type ServerProcess, serve } from '../support/program.ts';

const place = newPlace();
const file = join(place.dataDir, 'keys.json');
const data = ['--data-dir', place.dataDir];

const faults: readonly (readonly [string, () => void])[] = [
  ['broken', () => writeFileSync(file, '{"keys":[{"id":0,"secret":"hunter2')],
  ['emptied', () => writeFileSync(file, '')],
  ['without a key', () => writeFileSync(file, '{"keys":[]}')],
];

describe('a server whose keys.json is spoiled while it runs', () => {
  let server: ServerProcess;
  let application: TestApplication;
  let person: Person;
  let tokens: Tokens;
  let sound: string;

  beforeAll(async () => {
    buildOnce();
    const store = await openStore({ dataDir: place.dataDir });
    application = await newApplication({ store }, { grantType: 'password' });
    person = await newPerson({ store });
    await store.close();
    server = await serve(data);
    sound = readFileSync(file, 'utf8');
    tokens = tokensOf(await logInByPassword(server, application, person));
  }, 120_000);
  afterAll(async () => {
    await server.kill();
    place.remove();
  });

  /** The server reads the file once a second, and at once when a token names a key that it does not know. */
  async function lookAtFile(): Promise<void> {
    const key = { id: 200, secret: Buffer.alloc(32) };
    const ids = { tokenId: 'A'.repeat(20), familyId: 'A'.repeat(22) };
    const unknown = mintAccessToken(key, { ...ids, expiresAt: Date.now() + 60_000 });
    expect((await callApi(server, unknown)).status).toBe(401);
  }

  it.each([...faults.slice(0, 2), ['removed', () => unlinkSync(file)] as const])(
    'goes on with the keys that it knows: %s',
    async (_what, spoil) => {
      spoil();
      await lookAtFile();
      expect((await callApi(server, tokens.access_token)).status).toBe(200);
      const fresh = tokensOf(await refresh(server, application, tokens.refresh_token));
      expect((await callApi(server, fresh.access_token)).status).toBe(200);
      expect((await callApi(server, `${tokens.access_token}x`)).status).toBe(401);
      expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    },
  );

  it('says so to its operator, and quotes nothing', () => {
    expect(server.output.stderr).toContain('The ring of keys stays as it is.');
    expect(server.output.stderr).not.toMatch(/hunter2|^\s+at /m);
  });

  it('notices when it is mended, and the next rotation', async () => {
    writeFileSync(file, sound, { mode: 0o600 });
    expect((await run(['keys', 'rotate', ...data])).code).toBe(0);
    await lookAtFile();
    const fresh = tokensOf(await logInByPassword(server, application, person));
    for (const { access_token } of [tokens, fresh]) expect((await callApi(server, access_token)).status).toBe(200);
    expect(await server.stop()).toBe(0);
    server = await serve(data);
    for (const { access_token } of [tokens, fresh]) expect((await callApi(server, access_token)).status).toBe(200);
  });

  it('refuses tokens under a key that leaked, once it is retired', async () => {
    const leaked = JSON.parse(readFileSync(file, 'utf8')).keys.at(-1).id;
    expect((await run(['keys', 'retire', String(leaked), ...data])).code).toBe(0);
    await expect.poll(async () => (await callApi(server, tokens.access_token)).status, { timeout: 5000 }).toBe(401);
    tokens = tokensOf(await refresh(server, application, tokens.refresh_token));
    expect((await callApi(server, tokens.access_token)).status).toBe(200);
  });

  it.each(faults)(
    'keys rotate and a new start say in one sentence what is wrong, and change nothing: %s',
    async (_what, spoil) => {
      spoil();
      const spoilt = readFileSync(file, 'utf8');
      const port = String(await freePort());
      for (const ran of await Promise.all([
        run(['keys', 'rotate', ...data]),
        run(['serve', ...data, '--port', port]),
      ])) {
        expect(ran).toMatchObject({ code: 1, stdout: '' });
        expect(ran.stderr).toMatch(/^\S+keys\.json can't be used\. [^\n]+\n$/);
        expect(ran.stderr).not.toContain('hunter2');
      }
      expect(readFileSync(file, 'utf8')).toBe(spoilt);
    },
  );
});
