import { execFile } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newTemporaryDirectory } from '../../test/support/processes/cleanup.ts';
import { KeyRingError, parseRing } from './key-file.ts';
import { openKeyRing, retireKey, rotateKeys } from './key-ring.ts';

let parent: string;
let dataDir: string;
let file: string;

beforeEach(() => {
  parent = newTemporaryDirectory('insiders-keys');
  dataDir = join(parent, 'data');
  file = join(dataDir, 'keys.json');
});

afterEach(() => {
  vi.restoreAllMocks();
});

const rotation = { now: 1000, maxTokenMs: 1000 };
const open = () => openKeyRing({ dataDir, secretKeys: null });
const modeOf = (path: string) => statSync(path).mode & 0o777;

/** Moves the monotonic clock forward. */
function afterMilliseconds(count: number): void {
  const now = performance.now();
  vi.spyOn(performance, 'now').mockReturnValue(now + count);
}

function errorOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown');
}

describe('the ring in the data directory', () => {
  it('is created at the first opening, for its owner only', () => {
    const ring = open();
    expect(ring.current().id).toBe(0);
    expect(ring.current().secret).toHaveLength(32);
    expect(modeOf(file)).toBe(0o600);
    expect(modeOf(dataDir)).toBe(0o700);
    expect(readdirSync(dataDir)).toEqual(['keys.json']);
  });

  it('is for its owner only under any umask', () => {
    const before = process.umask(0);
    try {
      open();
    } finally {
      process.umask(before);
    }
    expect(modeOf(file)).toBe(0o600);
  });

  it('is the same at the next opening', () => {
    expect(open().current()).toEqual(open().current());
  });

  it('is different in another directory', () => {
    const other = openKeyRing({ dataDir: join(parent, 'other'), secretKeys: null });
    expect(other.current().secret).not.toEqual(open().current().secret);
  });

  it.each([0o640, 0o604, 0o660, 0o644, 0o601])('is refused while other users can read it, as with mode %o', (mode) => {
    open();
    chmodSync(file, mode);
    expect(open).toThrow(new KeyRingError(`${file} can be read by others; run: chmod 600 ${file}`));
    expect(() => rotateKeys(dataDir, rotation)).toThrow(KeyRingError);
  });

  it('is one ring for several processes that start at once', async () => {
    const module = new URL('./key-ring.ts', import.meta.url).href;
    const program = `
      const { openKeyRing } = await import(${JSON.stringify(module)});
      const { secret } = openKeyRing({ dataDir: ${JSON.stringify(dataDir)}, secretKeys: null }).current();
      process.stdout.write(secret.toString('base64url'));`;
    const start = () => promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
    const secrets = (await Promise.all([start(), start(), start(), start()])).map(({ stdout }) => stdout);
    expect(new Set(secrets)).toEqual(new Set([open().current().secret.toString('base64url')]));
    expect(readdirSync(dataDir)).toEqual(['keys.json']);
  });
});

describe('a rotation', () => {
  it('adds a new current key and keeps the old one', () => {
    const old = open().current();
    expect(rotateKeys(dataDir, rotation)).toEqual({ currentId: 1, kept: 1 });
    const ring = open();
    expect(ring.current().id).toBe(1);
    expect(ring.current().secret).not.toEqual(old.secret);
    expect(ring.find(0)).toEqual(old);
    expect(modeOf(file)).toBe(0o600);
    expect(readdirSync(dataDir)).toEqual(['keys.json']);
  });

  it('creates the ring if there is none', () => {
    expect(rotateKeys(dataDir, rotation)).toEqual({ currentId: 1, kept: 1 });
  });

  it('reaches an open ring within a second', () => {
    const ring = open();
    const old = ring.current();
    rotateKeys(dataDir, rotation);
    expect(ring.current()).toEqual(old);
    afterMilliseconds(1000);
    expect(ring.current().id).toBe(1);
    expect(ring.find(0)).toEqual(old);
  });

  it('reaches an open ring at once when it looks up the new key', () => {
    const ring = open();
    rotateKeys(dataDir, rotation);
    expect(ring.find(1)?.secret).toEqual(open().current().secret);
  });

  const ids = () =>
    open()
      .all()
      .map(({ id }) => id);

  it('keeps a key as long as a token under it can be valid, and then drops it', () => {
    open();
    for (const now of [1000, 1100, 1200]) rotateKeys(dataDir, { now, maxTokenMs: 200 });
    expect(ids()).toEqual([3, 2, 1, 0]);
    rotateKeys(dataDir, { now: 1201, maxTokenMs: 200 });
    expect(ids()).toEqual([4, 3, 2, 1]);
    rotateKeys(dataDir, { now: 1402, maxTokenMs: 200 });
    expect(ids()).toEqual([5, 4]);
  });

  it('counts a key without the time of its replacement as replaced now', () => {
    open();
    const key = (id: number) => ({ id, secret: Buffer.alloc(32, id).toString('base64url') });
    writeFileSync(file, JSON.stringify({ keys: [key(2), key(1)] }));
    rotateKeys(dataDir, { now: 1000, maxTokenMs: 200 });
    rotateKeys(dataDir, { now: 1200, maxTokenMs: 200 });
    expect(ids()).toEqual([4, 3, 2, 1]);
    rotateKeys(dataDir, { now: 1201, maxTokenMs: 200 });
    expect(ids()).toEqual([5, 4, 3]);
  });

  it('is refused if every ID belongs to a key that must be kept, and changes nothing', () => {
    open();
    for (let turn = 1; turn <= 255; turn += 1) rotateKeys(dataDir, rotation);
    const before = readFileSync(file, 'utf8');
    expect(() => rotateKeys(dataDir, rotation)).toThrow(/may still be valid.*insiders keys retire 0,/);
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect(retireKey(dataDir, 0)).toBe('retired');
    expect(rotateKeys(dataDir, rotation)).toEqual({ currentId: 0, kept: 255 });
  });

  it('continues after 255 with the next ID that no key has', () => {
    open();
    const key = (id: number) => ({ id, secret: Buffer.alloc(32, id).toString('base64url') });
    writeFileSync(file, JSON.stringify({ keys: [key(255), key(0), key(254)] }));
    expect(rotateKeys(dataDir, rotation)).toEqual({ currentId: 1, kept: 3 });
    const ring = open();
    expect([ring.find(255), ring.find(0), ring.find(254)]).toEqual([
      { id: 255, secret: Buffer.alloc(32, 255) },
      { id: 0, secret: Buffer.alloc(32, 0) },
      { id: 254, secret: Buffer.alloc(32, 254) },
    ]);
  });
});

describe('an invalid ring', () => {
  const secret = 'k'.repeat(43);

  it.each([
    ['', 'nothing'],
    [secret, 'a key without id'],
    [`0:${'k'.repeat(42)}`, 'a secret of 31 bytes'],
    [`256:${secret}`, 'an id above 255'],
    [`-1:${secret}`, 'a negative id'],
    [`0:${secret},`, 'an empty key'],
    [`0:${secret}!`, 'a character outside base64url'],
    [`0:${secret},1:short`, 'one invalid key'],
    [`0:${secret},0:${'m'.repeat(43)}`, 'two keys of one id'],
    [`0:${secret},00:${'m'.repeat(43)}`, 'two spellings of one id'],
  ])('is refused without quoting it: %#, %s', (text) => {
    const error = errorOf(() => openKeyRing({ dataDir, secretKeys: text }));
    expect(error).toBeInstanceOf(KeyRingError);
    expect(String(error)).not.toMatch(/k{8}|m{8}|short/);
  });

  it.each([
    '{"keys":[{"id":0,"secret":"kkkkkkkkkkkk',
    '{"keys":[]}',
    '{}',
    'null',
    '',
    '{"keys":[{"id":0,"secret":"kkkkkkkkkkkk"}]}',
    '{"keys":[{"secret":"kkkkkkkkkkkk"}]}',
    '{"keys":["kkkkkkkkkkkk"]}',
    '{"keys":[null]}',
  ])('in the file is refused without quoting it: %j', (content) => {
    open();
    writeFileSync(file, content);
    const error = errorOf(open);
    expect(error).toBeInstanceOf(KeyRingError);
    expect(String(error)).not.toContain('kkk');
    expect(String(error)).toContain(file);
  });
});

describe('the ring in the setting', () => {
  const first = Buffer.alloc(32, 1);
  const second = Buffer.alloc(64, 2);

  it('has its current key first, and finds the others', () => {
    const secretKeys = `7:${first.toString('base64url')}, 3:${second.toString('base64url')}`;
    const ring = openKeyRing({ dataDir, secretKeys });
    expect(ring.current()).toEqual({ id: 7, secret: first });
    expect(ring.find(3)).toEqual({ id: 3, secret: second });
    expect(ring.find(4)).toBeUndefined();
  });

  it('creates nothing in the data directory', () => {
    openKeyRing({ dataDir, secretKeys: `0:${first.toString('base64url')}` });
    expect(readdirSync(parent)).toEqual([]);
  });

  it('has the format of the file', () => {
    const { id, secret } = open().current();
    expect(parseRing(`${id}:${JSON.parse(readFileSync(file, 'utf8')).keys[0].secret}`)).toEqual([{ id, secret }]);
  });
});
