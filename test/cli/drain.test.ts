import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openRaw } from '../support/network/raw-http.ts';
import { type ServerProcess, serve } from '../support/processes/insiders.ts';
import { buildOnce, newPlace } from './run.ts';

const seconds = (since: number) => (performance.now() - since) / 1000;
const later = (ms: number) => new Promise((done) => setTimeout(done, ms));

beforeAll(buildOnce, 120_000);

describe('a server that gets a signal to end', () => {
  const place = newPlace();
  afterAll(() => place.remove());
  async function start(environment: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
    const quiet = { INSIDERS_LOG_LEVEL: 'error', ...environment };
    const server = await serve(['--data-dir', place.dataDir], { environment: quiet });
    onTestFinished(() => server.kill());
    return server;
  }

  it('is not ready any more, and serves everything else until the drain delay is over', async () => {
    const server = await start({ INSIDERS_DRAIN_SECONDS: '2' });
    expect((await fetch(`${server.url}/readyz`)).headers.get('connection')).toBe('keep-alive');
    const since = performance.now();
    const ended = server.stop();
    await later(200);
    const ready = await fetch(`${server.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([503, expect.objectContaining({ error: expect.any(String) })]);
    for (const path of ['/healthz', '/login/', '/assets/none', '/.well-known/oauth-authorization-server']) {
      const response = await fetch(`${server.url}${path}`);
      expect([path, response.status]).toEqual([path, path === '/assets/none' ? 404 : 200]);
      expect([path, response.headers.get('connection')]).toEqual([path, 'close']);
    }
    expect(await ended).toBe(0);
    expect(seconds(since)).toBeGreaterThan(1.9);
  });

  it('ends without a drain delay on a loopback address, which has no load balancer', async () => {
    const server = await start();
    const since = performance.now();
    expect(await server.stop()).toBe(0);
    expect(seconds(since)).toBeLessThan(1.5);
  });

  it('responds to requests on open connections while it closes', async () => {
    const server = await start();
    const connection = await openRaw(server.url);
    const form = 'a'.repeat(20);
    const head = `POST /oauth2/token/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n`;
    connection.socket.write(`${head}Content-Length: ${form.length}\r\n\r\n${form.slice(1)}`);
    await later(200);
    const ended = server.stop();
    await later(300);
    const next = 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n';
    connection.socket.write(form.slice(0, 1) + next);
    await connection.closed;
    expect(connection.text()).toMatch(/^HTTP\/1\.1 401 /);
    expect(connection.text()).not.toContain('HTTP/1.1 503');
    expect(await ended).toBe(0);
  });

  it('counts copies of a signal as one', async () => {
    const server = await start({ INSIDERS_DRAIN_SECONDS: '2' });
    const ended = server.stop('SIGINT');
    await later(50);
    process.kill(server.pid, 'SIGINT');
    process.kill(server.pid, 'SIGHUP');
    await later(1000);
    process.kill(server.pid, 'SIGHUP');
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    expect(await ended).toBe(0);
  });

  it('ends at once at the second signal', async () => {
    const server = await start({ INSIDERS_DRAIN_SECONDS: '30' });
    const since = performance.now();
    const ended = server.stop('SIGINT');
    await later(1200);
    process.kill(server.pid, 'SIGINT');
    expect(await ended).toBe(1);
    expect(seconds(since)).toBeLessThan(5);
  });
});
