import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/storage/open.ts';
import { type ServerProcess, serve } from '../support/processes/insiders.ts';
import { buildOnce, newPlace, run } from './run.ts';

const program = fileURLToPath(new URL('../../bin/insiders.mjs', import.meta.url));
const place = newPlace();
const file = join(place.directory, 'backup.db');
const data = ['--data-dir', place.dataDir];
const email = 'ada@club.example';
const password = 'a good long password';
let server: ServerProcess;

beforeAll(async () => {
  buildOnce();
  server = await serve(data);
  const add = ['device', 'add', '--serial-number', '012345', '--device-name', 'a1b2c3d4e5f6', '--owner', email];
  for (const command of [['user', 'create', '--email', email, '--password', password], add]) {
    expect((await run([...command, ...data])).code).toBe(0);
  }
}, 120_000);
afterAll(async () => {
  await server.kill();
  place.remove();
});

describe('insiders backup', () => {
  it('writes a new file while a server runs, and prints what it contains', async () => {
    const ran = await run(['backup', file, '--json', ...data]);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(ran.stdout)).toEqual({
      file,
      bytes: statSync(file).size,
      users: 1,
      applications: 0,
      devices: 1,
      audit_entries: expect.any(Number),
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('contains no key and no password', async () => {
    const bytes = readFileSync(file, 'latin1');
    const { keys } = JSON.parse(readFileSync(join(place.dataDir, 'keys.json'), 'utf8'));
    expect(keys).toHaveLength(1);
    for (const { secret } of keys) expect(bytes).not.toContain(secret);
    expect(bytes).not.toContain(password);
    expect(bytes).toContain(email);
  });

  it.each([
    ['if the file exists', () => file, 'exists already'],
    ['if the folder does not exist', () => join(place.directory, 'none', 'backup.db'), "can't be made: ENOENT"],
  ])('is refused with one sentence %s', async (_where, target, sentence) => {
    const before = statSync(file).mtimeMs;
    const ran = await run(['backup', target(), ...data]);
    expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(sentence) });
    expect(ran.stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(statSync(file).mtimeMs).toBe(before);
  });

  it('is refused without a database, and creates nothing', async () => {
    const empty = join(place.directory, 'empty');
    const ran = await run(['backup', join(place.directory, 'b'), '--data-dir', empty]);
    expect(ran).toMatchObject({ code: 1, stderr: `There is no database in ${empty}.\n` });
    expect([existsSync(empty), existsSync(join(place.directory, 'b'))]).toEqual([false, false]);
  });

  it('needs a file', async () => {
    expect(await run(['backup', ...data])).toMatchObject({ code: 2, stderr: expect.stringContaining("'file'") });
  });
});

describe('insiders restore', () => {
  const other = join(place.directory, 'other');

  it('restores everything into an empty directory, with an audit entry', async () => {
    // The copy of a backup may have lost its permissions.
    chmodSync(file, 0o644);
    // The ring of keys is not in the backup, so it is copied separately.
    mkdirSync(other);
    copyFileSync(join(place.dataDir, 'keys.json'), join(other, 'keys.json'));
    const ran = await run(['restore', file, '--json', '--data-dir', other]);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(ran.stdout)).toMatchObject({ file, users: 1, devices: 1, keys_missing: false });
    expect(readdirSync(other)).toContain('insiders.db');
    expect(statSync(join(other, 'insiders.db')).mode & 0o777).toBe(0o600);
    const store = await openStore({ dataDir: other });
    const { entries } = await store.audit.list({ limit: 1 });
    await store.close();
    expect(entries).toMatchObject([
      { action: 'backup.restored', actor: { kind: 'command-line' }, detail: { users: 1 } },
    ]);
    expect((await run(['audit', 'verify', '--data-dir', other])).code).toBe(0);
    expect((await run(['doctor', '--data-dir', other])).code).toBe(0);
  });

  it('restores everything without the ring of keys, but no audit entry, which needs a key', async () => {
    const keyless = join(place.directory, 'keyless');
    const ran = await run(['restore', file, '--data-dir', keyless]);
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining('no entry of this restore'), stderr: '' });
    expect((await run(['doctor', '--data-dir', keyless])).code).toBe(1);
    expect((await run(['audit', 'verify', '--data-dir', keyless])).code).toBe(1);
    copyFileSync(join(place.dataDir, 'keys.json'), join(keyless, 'keys.json'));
    expect((await run(['doctor', '--data-dir', keyless])).code).toBe(0);
    expect((await run(['audit', 'verify', '--data-dir', keyless])).code).toBe(0);
    const { stdout } = await run(['audit', 'list', '--action', 'backup.restored', '--data-dir', keyless]);
    expect(stdout).toBe('No entry was found.\n');
  });

  it('leaves alone what is there, also under a server that runs', async () => {
    for (const dataDir of [other, place.dataDir]) {
      const ran = await run(['restore', file, '--data-dir', dataDir]);
      expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('exists already') });
    }
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  });

  it('succeeds once if five run at once', async () => {
    const dataDir = join(place.directory, 'raced');
    const all = await Promise.all(Array.from({ length: 5 }, () => run(['restore', file, '--data-dir', dataDir])));
    expect(all.map(({ code }) => code).sort()).toEqual([0, 1, 1, 1, 1]);
    for (const { code, stderr } of all) expect(stderr).toMatch(code === 0 ? /^$/ : /exists already/);
    expect(readdirSync(dataDir)).toEqual(['insiders.db']);
    copyFileSync(join(place.dataDir, 'keys.json'), join(dataDir, 'keys.json'));
    expect((await run(['audit', 'verify', '--data-dir', dataDir])).code).toBe(0);
  });

  it.each(['insiders.db-wal', 'insiders.db-shm'])('is refused beside a leftover %s', async (left) => {
    const dataDir = join(place.directory, left);
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, left), '');
    expect((await run(['restore', file, '--data-dir', dataDir])).code).toBe(1);
    expect(readdirSync(dataDir)).toEqual([left]);
  });

  it.each([
    ['a file that does not exist', () => join(place.directory, 'none'), 'There is no file'],
    ['a folder', () => place.directory, "can't be copied"],
  ])('is refused with one sentence for %s', async (_what, source, sentence) => {
    const ran = await run(['restore', source(), '--data-dir', join(place.directory, 'fourth')]);
    expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(sentence) });
    expect(ran.stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('is refused for a file that is no backup', async () => {
    const ran = await run(['restore', join(place.dataDir, 'keys.json'), '--data-dir', join(place.directory, 'third')]);
    expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('no backup') });
    expect(readdirSync(join(place.directory, 'third'))).toEqual([]);
  });
});

// A limit on the size of files causes the same errors as a full disk.
describe.runIf(process.platform === 'linux')('on a full disk', () => {
  const limited = (...args: readonly string[]) =>
    spawnSync('sh', ['-c', 'ulimit -f 100; exec "$@"', 'sh', process.execPath, program, ...args], { encoding: 'utf8' });

  it.each([
    ['a backup', (folder: string) => ['backup', join(folder, 'full.db'), ...data], "can't be written"],
    ['a restore', (folder: string) => ['restore', file, '--data-dir', folder], "can't be copied"],
  ])('%s fails with one sentence, and leaves no file', (what, command, sentence) => {
    const folder = join(place.directory, what);
    mkdirSync(folder);
    const { status, stdout, stderr } = limited(...command(folder));
    expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: expect.stringContaining(sentence) });
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(readdirSync(folder)).toEqual([]);
  });
});
