import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type OpenConnection, openRaw, rawRequest } from '../support/network/raw-http.ts';
import { type Listening, listenOn } from '../support/processes/listen.ts';
import { freePort } from '../support/processes/ports.ts';
import { pollUntil } from '../support/site/time.ts';
import { Front } from './front.ts';

/** A server that responds with method and path of the request when `ready` resolves. */
function echo(ready: Promise<void> = Promise.resolve()): Promise<Listening> {
  const server = createServer((request, response) => {
    void ready.then(() => response.setHeader('content-type', 'text/plain').end(`${request.method} ${request.url}`));
  });
  return listenOn(server);
}

/** The status of a request through a front whose site does not listen. */
async function statusWithoutSite(): Promise<number> {
  const front = await Front.before({ url: `http://127.0.0.1:${await freePort()}` });
  return (await fetch(front.url, { signal: AbortSignal.timeout(5000) })).status;
}

/** Sends the beginning of a request, and waits until the front has received it. */
async function beginRequest(front: Front, bytes: string): Promise<OpenConnection> {
  const client = await openRaw(front.url);
  client.socket.write(bytes);
  await pollUntil(async () => front.seen[0]);
  return client;
}

describe('the front of a site', () => {
  const unhandled: unknown[] = [];
  const collect = (reason: unknown) => void unhandled.push(reason);
  beforeEach(() => void process.on('unhandledRejection', collect));
  afterEach(() => {
    process.off('unhandledRejection', collect);
    expect(unhandled.splice(0)).toEqual([]);
  });

  it('forwards and records requests', async () => {
    const front = await Front.before(await echo());
    const response = await fetch(`${front.url}/a?b=c`, { method: 'POST', body: 'x' });
    expect([response.status, await response.text()]).toEqual([200, 'POST /a?b=c']);
    expect(front.seen).toEqual(['POST /a?b=c']);
  });

  it('responds with 502 if the site does not listen', async () => {
    expect(await statusWithoutSite()).toBe(502);
  });

  it('keeps running after a client disconnects in the middle of its body', async () => {
    const front = await Front.before(await echo());
    const client = await beginRequest(front, `${rawRequest('POST /half/', ['Content-Length: 100'])}half of it`);
    client.socket.resetAndDestroy();
    await client.closed;
    expect((await fetch(front.url)).status).toBe(200);
  });

  it.each([
    ['a response', true],
    ['the end of the site', false],
  ])('keeps running after a client disconnects before %s', async (_event, responds) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const site = await echo(promise);
    const client = await beginRequest(await Front.before(site), rawRequest('GET /slow/'));
    client.socket.resetAndDestroy();
    await client.closed;
    if (responds) resolve();
    else await site.close();
    // After a whole further request, the front has handled the end of the first one.
    expect(await statusWithoutSite()).toBe(502);
  });

  it('can be closed while it waits for the site', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    onTestFinished(() => resolve());
    const front = await Front.before(await echo(promise));
    const client = await beginRequest(front, rawRequest('GET /slow/'));
    await front.close();
    await client.closed;
  });
});
