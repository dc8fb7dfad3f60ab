import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { olderNodes, program, type ServerProcess, serve } from '../support/processes/insiders.ts';
import { buildOnce, newPlace } from './run.ts';

beforeAll(buildOnce, 120_000);

/** A shell like the one that npm starts: the server is its child, and it forwards no signal. */
const shell = ['sh', '-c', `'${process.execPath}' '${program}' "$@"; exit $?`, 'sh'];

async function responds(server: ServerProcess): Promise<boolean> {
  return fetch(`${server.url}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  );
}

const ways: readonly (readonly [string, readonly string[]])[] = [
  ['this Node', [process.execPath, program]],
  ...olderNodes.map((node) => [`the older ${node}`, [node, program]] as const),
];

describe('a signal to the process that was started', () => {
  const place = newPlace();
  const data = ['--data-dir', place.dataDir];
  afterAll(() => place.remove());

  describe.each(ways)('with %s', (_name, command) => {
    it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('ends the server: %s', async (signal) => {
      const server = await serve(data, { command });
      expect(await server.stop(signal)).toBe(0);
      expect(await responds(server)).toBe(false);
    });

    it('ends the server even if it cannot be forwarded: SIGKILL', async () => {
      const server = await serve(data, { command });
      await server.kill();
      await expect.poll(() => responds(server), { timeout: 10_000 }).toBe(false);
    });
  });

  it('ends the server in a shell of npm', async () => {
    const server = await serve(data, { command: shell, environment: { npm_command: 'exec' } });
    await server.stop();
    await expect.poll(() => responds(server), { timeout: 10_000 }).toBe(false);
  });

  it('does not end a server that another parent left running on purpose', async () => {
    const left = { command: shell, environment: { npm_command: '' } };
    const server = await serve(data, left);
    const [pid = 0] = execFileSync('pgrep', ['-P', String(server.pid)], { encoding: 'utf8' })
      .split('\n')
      .map(Number);
    await server.kill();
    await new Promise((later) => setTimeout(later, 1500));
    expect(await responds(server)).toBe(true);
    process.kill(pid, 'SIGTERM');
    await expect.poll(() => responds(server), { timeout: 10_000 }).toBe(false);
  });
});
