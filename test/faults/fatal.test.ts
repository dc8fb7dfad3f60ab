import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { buildOnce, newPlace } from '../cli/run.ts';
import { serve } from '../support/processes/insiders.ts';

const place = newPlace();
const hidden = 'hunter2-in-a-message';

beforeAll(buildOnce, 120_000);
afterAll(() => place.remove());

/** Runs a server until its end, with a fault from a preloaded file (`--import`), which a signal triggers. */
async function serveWithFault(fault: string) {
  const file = join(place.directory, 'fault.mjs');
  writeFileSync(file, `process.on('SIGURG', function strike() { ${fault} });`);
  onTestFinished(() => rmSync(file));
  const server = await serve(['--data-dir', place.dataDir], { environment: { NODE_OPTIONS: `--import ${file}` } });
  onTestFinished(() => server.kill());
  process.kill(server.pid, 'SIGURG');
  return { code: await server.ended, stderr: server.output.stderr };
}

const error = `Object.assign(new TypeError('${hidden}', { cause: new RangeError('${hidden}') }), { code: 'E_FAULT' })`;

describe('a server with an uncaught error', () => {
  it.each([
    ['an exception', `throw ${error}`],
    ['a rejection', `Promise.reject(${error})`],
  ])('logs %s with its cause, without their messages, and exits with 1', async (_name, fault) => {
    const { code, stderr } = await serveWithFault(fault);
    expect(code).toBe(1);
    expect(stderr).not.toContain(hidden);
    const lines = stderr.trim().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      level: 'fatal',
      time: expect.any(String),
      msg: 'fatal error: the server stops',
      err: {
        type: 'TypeError',
        code: 'E_FAULT',
        stack: expect.stringMatching(/^\s+at process\.strike .*fault\.mjs:1:/),
        cause: { type: 'RangeError', stack: expect.stringContaining('fault.mjs:1:') },
      },
    });
  });

  it.each([
    ['undefined', 'Promise.reject()', {}],
    ['no error', `throw '${hidden}'`, { err: { type: 'string' } }],
  ])('also logs a thrown value that is %s', async (_name, fault, line) => {
    const { code, stderr } = await serveWithFault(fault);
    expect(code).toBe(1);
    expect(stderr).not.toContain(hidden);
    expect(JSON.parse(stderr.trim().split('\n').at(-1) ?? '')).toMatchObject({ level: 'fatal', ...line });
  });

  it('logs a second one during the shutdown, and exits at once', async () => {
    // The unfinished request delays the shutdown until the second error.
    const { code, stderr } = await serveWithFault(`
      const port = process.argv[process.argv.indexOf('--port') + 1];
      import('node:net').then(({ connect }) => connect(port, '127.0.0.1').write('GET /'));
      setTimeout(() => { throw ${error} }, 200);
      setTimeout(() => { throw ${error} }, 400);`);
    expect(code).toBe(1);
    expect(stderr.match(/"level":"fatal"/g)).toHaveLength(2);
    expect(stderr).not.toContain(hidden);
  });
});
