import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { olderNodes, program, type ServerProcess, serve } from '../support/program.ts';
import { buildOnce, newPlace } from './run.ts';

beforeAll(buildOnce, 120_000);

/** A shell as npm starts one, which has the server as its child and passes no signal on. */
const shell = ['sh', '-c', `'${process.execPath}' '${program}' "$@"; exit $?`, 'sh'];

async function answers(server: ServerProcess): Promise<boolean> {
  return fetch(`${server.url}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  );
}

const ways: readonly (readonly [string, readonly string[]])[] = [
  ['this Node', [process.execPath, program]],
  ...olderNodes.map((node) => [`the older ${node}`, [node, program]] as const),
];

describe('a signal to the command that was typed', () => {
  const place = newPlace();
  const data = ['--data-dir', place.dataDir];
  afterAll(() => place.remove());

  describe.each(ways)('with %s', (_name, command) => {
    it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('ends the server: %s', async (signal) => {
      const server = await serve(data, { command });
      expect(await server.stop(signal)).toBe(0);
      expect(await answers(server)).toBe(false);
    });

    it('ends the server even if nobody can pass it on: SIGKILL', async () => {
      const server = await serve(data, { command });
      await server.kill();
      await expect.poll(() => answers(server), { timeout: 10_000 }).toBe(false);
    });
  });

  it('ends the server below a shell of npm', async () => {
    const server = await serve(data, { command: shell, environment: { npm_command: 'exec' } });
    await server.stop();
    await expect.poll(() => answers(server), { timeout: 10_000 }).toBe(false);
  });

  it('is no reason to end for a server that somebody left running on purpose', async () => {
    const left = { command: shell, environment: { npm_command: '' } };
    const server = await serve(data, left);
    const [pid = 0] = execFileSync('pgrep', ['-P', String(server.pid)], { encoding: 'utf8' })
      .split('\n')
      .map(Number);
    await server.kill();
    await new Promise((later) => setTimeout(later, 1500));
    expect(await answers(server)).toBe(true);
    process.kill(pid, 'SIGTERM');
    await expect.poll(() => answers(server), { timeout: 10_000 }).toBe(false);
  });
});
