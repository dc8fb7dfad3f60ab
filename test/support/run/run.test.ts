import { globSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { newTemporaryDirectory } from '../processes/cleanup.ts';
import { type RunningProcess, startProcess } from '../processes/processes.ts';
import { processesOf } from './leftovers.ts';

const vitest = fileURLToPath(new URL('../../../node_modules/vitest/vitest.mjs', import.meta.url));
const fixtures = fileURLToPath(new URL('fixtures/', import.meta.url));

/** Runs one test file as a run of its own, whose temporary directory is below `directory`. */
function runFixture(name: string): { readonly run: RunningProcess; readonly directory: string } {
  const directory = newTemporaryDirectory('run');
  const { PATH, HOME } = process.env;
  const run = startProcess([process.execPath, vitest, 'run', `${name}.fixture.ts`], {
    cwd: fixtures,
    env: { PATH, HOME, TMPDIR: directory },
  });
  return { run, directory };
}

async function expectNothingLeft(directory: string): Promise<void> {
  await expect.poll(() => [readdirSync(directory), processesOf(directory)], { timeout: 20_000 }).toEqual([[], []]);
}

describe('a run of tests', { timeout: 60_000 }, () => {
  it('leaves nothing behind when a test fails with processes and servers running', async () => {
    const { run, directory } = runFixture('failing');
    const { code, stdout, stderr } = await run.ended;
    expect(stdout + stderr).toMatch(/Tests.*1 failed/);
    expect(stdout + stderr).not.toMatch(/left something behind|Unhandled/);
    expect(code).toBe(1);
    await expectNothingLeft(directory);
  });

  it('fails if it left something behind, names it, and removes it', async () => {
    const { run, directory } = runFixture('untidy');
    const { code, stdout, stderr } = await run.ended;
    expect(stdout).toMatch(/Tests.*1 passed/);
    expect(stderr).toMatch(/left something behind:\n.*\/tmp\/left-\w+\n/);
    if (process.platform === 'linux') expect(stderr).toMatch(/process \d+: .*setInterval/);
    expect(code).toBe(1);
    await expectNothingLeft(directory);
  });

  it.runIf(process.platform === 'linux')('leaves nothing behind when it is killed', async () => {
    const { run, directory } = runFixture('endless');
    await expect.poll(() => globSync('insiders-*/tmp/left-*', { cwd: directory }), { timeout: 20_000 }).toHaveLength(1);
    run.kill();
    await run.ended;
    await expectNothingLeft(directory);
  });
});
