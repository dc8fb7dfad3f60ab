import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawRequest, sendRaw } from '../../support/network/raw-http.ts';
import { newTestServer } from '../../support/site/site.ts';

const histogram = /^# TYPE insiders_http_request_seconds histogram$/m;

describe('the metrics', () => {
  const site = newTestServer();
  beforeAll(() => site.start());
  afterAll(() => site.stop());

  it('are for callers on this machine', async () => {
    await fetch(`${site.url}/healthz`);
    const response = await fetch(`${site.url}/metrics`);
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(await response.text()).toMatch(histogram);
  });

  it.each([
    ['X-Forwarded-For: 203.0.113.9'],
    ['X-Forwarded-For: 127.0.0.1'],
    ['X-Forwarded-For:'],
    ['Forwarded: for=127.0.0.1'],
    ['Via: 1.1 proxy'],
  ])('are not found by callers behind a proxy on this machine: %s', async (line) => {
    expectNotFound(await sendRaw(site.url, rawRequest('GET /metrics', [line])));
  });

  it.each(['api.example.com', '127.0.0.1.example', 'localhost.example', '127.0.0.2', ''])(
    'are not found under another host name: %j',
    async (host) => {
      const request = `GET /metrics HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
      expectNotFound(await sendRaw(site.url, request));
    },
  );

  // Linux routes all of 127.0.0.0/8 to the loopback interface; to the server this is another machine.
  it.runIf(process.platform === 'linux')('are not found by another address', async () => {
    const { hostname, port } = new URL(site.url);
    const socket = connect({ host: hostname, port: Number(port), localAddress: '127.0.0.2' });
    socket.end(rawRequest('GET /metrics', ['Host: 127.0.0.1']).replace('Host: 127.0.0.1\r\n', ''));
    let text = '';
    for await (const chunk of socket) text += chunk;
    expect(text).toMatch(/^HTTP\/1\.1 404 /);
    expect(text).not.toMatch(histogram);
  });

  it('accept only GET', async () => {
    for (const method of ['POST', 'DELETE']) {
      expect((await fetch(`${site.url}/metrics`, { method })).status).toBe(405);
    }
  });

  it('contain routes, never paths', async () => {
    await fetch(`${site.url}/docs/errors/invalid_grant/?code=hunter2`);
    await fetch(`${site.url}/hunter2/`);
    expect(await (await fetch(`${site.url}/metrics`)).text()).not.toContain('hunter2');
  });
});

describe('the metrics behind a token', () => {
  const site = newTestServer({ metricsToken: 'a token for metrics' });
  beforeAll(() => site.start());
  afterAll(() => site.stop());

  it('are for callers with the token, from any address', async () => {
    const lines = ['Authorization: Bearer a token for metrics', 'X-Forwarded-For: 203.0.113.9'];
    const response = await sendRaw(site.url, rawRequest('GET /metrics', lines));
    expect(response.status).toBe(200);
    expect(response.body).toMatch(histogram);
  });

  it.each([
    'Bearer a token for metric',
    'Bearer a token for metrics!',
    'bearer a token for metrics!',
    'a token for metrics',
    'Basic a token for metrics',
    'Bearer',
    '',
  ])('are not found by others, even on this machine: %j', async (authorization) => {
    expectNotFound(await sendRaw(site.url, rawRequest('GET /metrics', [`Authorization: ${authorization}`])));
    expectNotFound(await sendRaw(site.url, rawRequest('GET /metrics')));
  });
});

function expectNotFound({ status, body }: { readonly status: number; readonly body: string }): void {
  expect(status).toBe(404);
  expect(body).not.toMatch(histogram);
  expect(body).not.toContain('metrics');
}
