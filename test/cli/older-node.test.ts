import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildOnce } from './run.ts';

const program = fileURLToPath(new URL('../../bin/insiders.mjs', import.meta.url));

/** Programs called `node` on this machine that are older than what the product needs, but not older than what it can be started with. */
const older = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'node'))
  .filter((node) => existsSync(node) && isOlder(execFileSync(node, ['--version'], { encoding: 'utf8' })));

function isOlder(version: string): boolean {
  const [major = 0] = version.slice(1).split('.').map(Number);
  return major >= 20 && major < 22;
}

beforeAll(buildOnce, 120_000);

describe.skipIf(older.length === 0)('started by an older Node', () => {
  it('runs on the Node that it brings', () => {
    for (const node of older) expect(execFileSync(node, [program, '--help'], { encoding: 'utf8' })).toContain('serve');
  });
});
