import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawRequest, sendRaw } from '../../support/raw.ts';
import { newSite } from '../../support/server.ts';

const shown = /^# TYPE insiders_http_request_seconds histogram$/m;

describe('the metrics', () => {
  const site = newSite();
  beforeAll(() => site.start());
  afterAll(() => site.stop());

  it('are for callers on this machine', async () => {
    await fetch(`${site.url}/healthz`);
    const answer = await fetch(`${site.url}/metrics`);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(await answer.text()).toMatch(shown);
  });

  it.each([
    ['X-Forwarded-For: 203.0.113.9'],
    ['X-Forwarded-For: 127.0.0.1'],
    ['X-Forwarded-For:'],
    ['Forwarded: for=127.0.0.1'],
    ['Via: 1.1 proxy'],
  ])('are not there for whoever comes by a proxy on this machine: %s', async (line) => {
    expectNothing(await sendRaw(site.url, rawRequest('GET /metrics', [line])));
  });

  it.each(['api.example.com', '127.0.0.1.example', 'localhost.example', '127.0.0.2', ''])(
    'are not there for whoever calls this machine by another name: %j',
    async (host) => {
      const request = `GET /metrics HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
      expectNothing(await sendRaw(site.url, request));
    },
  );

  // Every address in 127.0.0.0/8 is there without being set up; to the server it is another caller.
  it.runIf(process.platform === 'linux')('are not there for another address', async () => {
    const { hostname, port } = new URL(site.url);
    const socket = connect({ host: hostname, port: Number(port), localAddress: '127.0.0.2' });
    socket.end(rawRequest('GET /metrics', ['Host: 127.0.0.1']).replace('Host: 127.0.0.1\r\n', ''));
    let text = '';
    for await (const chunk of socket) text += chunk;
    expect(text).toMatch(/^HTTP\/1\.1 404 /);
    expect(text).not.toMatch(shown);
  });

  it('are read, and nothing else', async () => {
    for (const method of ['POST', 'DELETE']) {
      expect((await fetch(`${site.url}/metrics`, { method })).status).toBe(405);
    }
  });

  it('name routes, never addresses', async () => {
    await fetch(`${site.url}/docs/errors/invalid_grant/?code=hunter2`);
    await fetch(`${site.url}/hunter2/`);
    expect(await (await fetch(`${site.url}/metrics`)).text()).not.toContain('hunter2');
  });
});

describe('the metrics behind a token', () => {
  const site = newSite({ metricsToken: 'a token for metrics' });
  beforeAll(() => site.start());
  afterAll(() => site.stop());

  it('are for whoever has it, from wherever', async () => {
    const lines = ['Authorization: Bearer a token for metrics', 'X-Forwarded-For: 203.0.113.9'];
    const answer = await sendRaw(site.url, rawRequest('GET /metrics', lines));
    expect(answer.status).toBe(200);
    expect(answer.body).toMatch(shown);
  });

  it.each([
    'Bearer a token for metric',
    'Bearer a token for metrics!',
    'bearer a token for metrics!',
    'a token for metrics',
    'Basic a token for metrics',
    'Bearer',
    '',
  ])('are for nobody else, on this machine either: %j', async (authorization) => {
    expectNothing(await sendRaw(site.url, rawRequest('GET /metrics', [`Authorization: ${authorization}`])));
    expectNothing(await sendRaw(site.url, rawRequest('GET /metrics')));
  });
});

function expectNothing({ status, body }: { readonly status: number; readonly body: string }): void {
  expect(status).toBe(404);
  expect(body).not.toMatch(shown);
  expect(body).not.toContain('metrics');
}
