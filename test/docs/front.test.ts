import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../support/ports.ts';
import { type OpenConnection, openRaw, rawRequest } from '../support/raw.ts';
import { type Listening, listenOn } from '../support/servers.ts';
import { eventually } from '../support/time.ts';
import { Front } from './front.ts';

/** A site that says what it was asked, once `ready` resolves. */
function echo(ready: Promise<void> = Promise.resolve()): Promise<Listening> {
  const server = createServer((request, response) => {
    void ready.then(() => response.setHeader('content-type', 'text/plain').end(`${request.method} ${request.url}`));
  });
  return listenOn(server);
}

/** The status of a request by way of a front whose site is not there. */
async function statusWithoutSite(): Promise<number> {
  const front = await Front.before({ url: `http://127.0.0.1:${await freePort()}` });
  return (await fetch(front.url, { signal: AbortSignal.timeout(5000) })).status;
}

/** A client whose request the front has seen, up to where it ends. */
async function beginRequest(front: Front, bytes: string): Promise<OpenConnection> {
  const client = await openRaw(front.url);
  client.socket.write(bytes);
  await eventually(async () => front.seen[0]);
  return client;
}

describe('the front of a site', () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => void unhandled.push(reason);
  beforeEach(() => void process.on('unhandledRejection', note));
  afterEach(() => {
    process.off('unhandledRejection', note);
    expect(unhandled.splice(0)).toEqual([]);
  });

  it('passes requests on, and sees them', async () => {
    const front = await Front.before(await echo());
    const response = await fetch(`${front.url}/a?b=c`, { method: 'POST', body: 'x' });
    expect([response.status, await response.text()]).toEqual([200, 'POST /a?b=c']);
    expect(front.seen).toEqual(['POST /a?b=c']);
  });

  it('responds with 502 when the site is gone', async () => {
    expect(await statusWithoutSite()).toBe(502);
  });

  it('outlives a client that goes away in the middle of its body', async () => {
    const front = await Front.before(await echo());
    const client = await beginRequest(front, `${rawRequest('POST /half/', ['Content-Length: 100'])}half of it`);
    client.socket.resetAndDestroy();
    await client.closed;
    expect((await fetch(front.url)).status).toBe(200);
  });

  it.each([
    ['a response', true],
    ['the end of the site', false],
  ])('outlives a client that does not wait for %s', async (_what, responds) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const site = await echo(promise);
    const client = await beginRequest(await Front.before(site), rawRequest('GET /slow/'));
    client.socket.resetAndDestroy();
    await client.closed;
    if (responds) resolve();
    else await site.close();
    // One whole request later, the front has noticed what became of its own.
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
