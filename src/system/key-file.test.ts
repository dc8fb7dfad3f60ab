import type * as fs from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { newTemporaryDirectory } from '../../test/support/processes/cleanup.ts';
import { openKeyRing, rotateKeys } from './key-ring.ts';

/** The calls that change files, in their order. */
const { calls } = vi.hoisted(() => ({ calls: [] as string[] }));

vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  const paths = new Map<number, string>();
  return {
    ...real,
    openSync: (...args: Parameters<typeof fs.openSync>) => {
      const handle = real.openSync(...args);
      paths.set(handle, String(args[0]));
      return handle;
    },
    fsyncSync: (handle: number) => {
      calls.push(`sync ${paths.get(handle)}`);
      real.fsyncSync(handle);
    },
    linkSync: (from: string, to: string) => {
      calls.push(`name ${to}`);
      real.linkSync(from, to);
    },
    renameSync: (from: string, to: string) => {
      calls.push(`name ${to}`);
      real.renameSync(from, to);
    },
  };
});

describe('the file of the key ring', () => {
  const dataDir = newTemporaryDirectory('insiders-keys');
  const file = join(dataDir, 'keys.json');
  const durably = [expect.stringMatching(/^sync .*\.new$/), `name ${file}`, `sync ${dataDir}`];
  beforeEach(() => void calls.splice(0));

  it('is synced, with its directory, when it is created', () => {
    openKeyRing({ dataDir, secretKeys: null });
    expect(calls).toEqual(durably);
  });

  it('is synced, with its directory, after a rotation', () => {
    rotateKeys(dataDir, { now: 1000, maxTokenMs: 1000 });
    expect(calls).toEqual(durably);
  });
});
