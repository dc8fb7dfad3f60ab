import { closeSync, openSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { buildOnce, newPlace } from '../cli/run.ts';
import { type ServerProcess, serve } from '../support/processes/insiders.ts';

const place = newPlace();
const options = ['--data-dir', place.dataDir];
// At this level the server writes a line for every request.
const environment = { INSIDERS_LOG_LEVEL: 'trace' };

beforeAll(buildOnce, 120_000);
afterAll(() => place.remove());

describe('a server that can not write its log', () => {
  it.runIf(process.platform === 'linux')('keeps serving when the disk is full', async () => {
    const full = openSync('/dev/full', 'w');
    const server = await serve(options, { environment, stderr: full });
    onTestFinished(() => server.kill());
    closeSync(full);
    await expectServing(server);
    expect(await server.stop()).toBe(0);
  });

  it('keeps serving when its output is no longer read', async () => {
    const server = await serve(options, { environment });
    onTestFinished(() => server.kill());
    server.stopReading();
    await expectServing(server);
    expect(await server.stop()).toBe(0);
  });
});

/** Sends requests that are refused, because these are logged the most, and expects the usual responses. */
async function expectServing({ url }: ServerProcess): Promise<void> {
  for (let times = 0; times < 20; times += 1) {
    expect((await fetch(`${url}/oauth2/token/`, { method: 'POST' })).status).toBe(401);
    expect((await fetch(`${url}/nope/`)).status).toBe(404);
  }
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ready' });
}
