import { closeSync, openSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { buildOnce, newPlace } from '../cli/run.ts';
import { type ServerProcess, serve } from '../support/program.ts';

const place = newPlace();
const options = ['--data-dir', place.dataDir];
// Then it has something to write for every request.
const environment = { INSIDERS_LOG_LEVEL: 'trace' };

beforeAll(buildOnce, 120_000);
afterAll(() => place.remove());

describe('a server whose log lines get nowhere', () => {
  it.runIf(process.platform === 'linux')('goes on when the disk that they go to is full', async () => {
    const full = openSync('/dev/full', 'w');
    const server = await serve(options, { environment, stderr: full });
    onTestFinished(() => server.kill());
    closeSync(full);
    await expectAtWork(server);
    expect(await server.stop()).toBe(0);
  });

  it('goes on when their reader is gone', async () => {
    const server = await serve(options, { environment });
    onTestFinished(() => server.kill());
    server.stopReading();
    await expectAtWork(server);
    expect(await server.stop()).toBe(0);
  });
});

/** Refusals are what is logged most. */
async function expectAtWork({ url }: ServerProcess): Promise<void> {
  for (let times = 0; times < 20; times += 1) {
    expect((await fetch(`${url}/oauth2/token/`, { method: 'POST' })).status).toBe(401);
    expect((await fetch(`${url}/nope/`)).status).toBe(404);
  }
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ready' });
}
