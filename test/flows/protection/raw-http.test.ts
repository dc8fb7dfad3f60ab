import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type RawResponse, rawRequest, sendRaw } from '../../support/network/raw-http.ts';
import { newTestServer } from '../../support/site/site.ts';

/**
 * Malformed requests as bytes, which no library would send. However a proxy in front of the server reads them, the
 * server refuses them and keeps running.
 */
describe('malformed HTTP', () => {
  // Errors show as 500, so the log is not needed.
  const site = newTestServer({ logLevel: 'silent' });
  beforeAll(() => site.start());
  afterAll(() => site.stop());
  afterEach(async () => {
    expect((await fetch(`${site.url}/readyz`)).status).toBe(200);
  });

  const form = 'Content-Type: application/x-www-form-urlencoded';
  const lines = (...all: readonly string[]) => `${all.join('\r\n')}\r\n\r\n`;
  const get = (...headers: readonly string[]) =>
    lines('GET /healthz HTTP/1.1', 'Host: localhost', 'Connection: close', ...headers);
  const post = (...headers: readonly string[]) =>
    lines('POST /oauth2/token/ HTTP/1.1', 'Host: localhost', 'Connection: close', form, ...headers);

  it('is made from requests that are accepted', async () => {
    for (const valid of [get(), post('Content-Length: 0')])
      expect([200, 401]).toContain((await sendRaw(site.url, valid)).status);
  });

  it.each([
    ['two Hosts', get('Host: evil.example')],
    ['the same Host twice', get('Host: localhost')],
    ['no Host', lines('GET /healthz HTTP/1.1', 'Connection: close')],
    ['a length and chunks', `${post('Content-Length: 5', 'Transfer-Encoding: chunked')}0\r\n\r\n`],
    ['chunks and a length', `${post('Transfer-Encoding: chunked', 'Content-Length: 5')}0\r\n\r\n`],
    ['two lengths', `${post('Content-Length: 5', 'Content-Length: 6')}hello`],
    ['a length that is no number', `${post('Content-Length: 5a')}hello`],
    ['a negative length', post('Content-Length: -1')],
    ['a length with a sign', `${post('Content-Length: +5')}hello`],
    ['chunks under another name', `${post('Transfer-Encoding: xchunked')}0\r\n\r\n`],
    ['chunks that are not last', `${post('Transfer-Encoding: chunked, identity')}0\r\n\r\n`],
    ['a chunk whose size is garbage', `${post('Transfer-Encoding: chunked')}zz\r\nhello\r\n0\r\n\r\n`],
    ['a chunk whose size overflows', `${post('Transfer-Encoding: chunked')}fffffffffffffffff\r\nhello`],
    ['a chunk that is longer than its size', `${post('Transfer-Encoding: chunked')}2\r\nhello\r\n0\r\n\r\n`],
    ['a bare CR in a header', get('X-Odd: a\rX-Other: b')],
    ['a NUL in a header', get('X-Odd: a\0b')],
    ['a NUL in the name of a header', get('X-O\0dd: a')],
    ['a NUL in the address', lines('GET /health\0z HTTP/1.1', 'Host: localhost', 'Connection: close')],
    ['a space before the colon', get('X-Odd : a')],
    ['a header that is folded', get('X-Odd: a', ' b')],
    ['a header without a name', get(': a')],
    ['a line without a colon', get('nonsense')],
    ['an unknown version', lines('GET /healthz HTTP/9.9', 'Host: localhost')],
    ['a method of control characters', lines('G\x01T /healthz HTTP/1.1', 'Host: localhost')],
    ['HTTP/2 without negotiation', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['TLS', Buffer.from('16030100c8010000c40303', 'hex')],
    ['random bytes', Buffer.from('\xff\xfe\x00\x01\r\n\r\n', 'latin1')],
  ])('is refused: %s', async (_what, bytes) => {
    expectRefused(await sendRaw(site.url, bytes));
  });

  it('has no more than 16 kB of headers', async () => {
    for (const bytes of [
      get(`X-Long: ${'x'.repeat(20_000)}`),
      get(...Array.from({ length: 3000 }, (_, index) => `X-${index}: x`)),
      rawRequest(`GET /login/?next=${'x'.repeat(20_000)}`),
    ]) {
      const response = await sendRaw(site.url, bytes);
      expect(response.status).toBe(431);
      expectRefused(response);
    }
  });

  it.each(['http://evil.example/oauth2/token/', 'http://localhost/healthz', '*', 'evil.example:443', 'healthz'])(
    'is refused for a target in another form: %s',
    async (target) => {
      for (const method of ['GET', 'POST', 'OPTIONS']) {
        const response = await sendRaw(site.url, rawRequest(`${method} ${target}`));
        expect(response.status).toBeGreaterThanOrEqual(400);
        expectRefused(response);
      }
    },
  );

  it('is refused for CONNECT', async () => {
    expectRefused(await sendRaw(site.url, rawRequest('CONNECT evil.example:443')));
  });

  it('does not reach a second request that is hidden in the first', async () => {
    const hidden = 'GET /login/ HTTP/1.1\r\nHost: localhost\r\n\r\n';
    for (const bytes of [
      `${post('Content-Length: 5', 'Transfer-Encoding: chunked')}0\r\n\r\n${hidden}`,
      `${post('Transfer-Encoding: chunked')}0\r\n\rx${hidden}`,
      get('X-Odd: a\rX-Other: b') + hidden,
    ]) {
      const response = await sendRaw(site.url, bytes);
      expect(response.body).not.toContain('HTTP/1.1');
      expect(response.body).not.toContain('<html');
    }
  });

  it('may break off anywhere', async () => {
    const whole = `${post('Content-Length: 21')}grant_type=password&x`;
    const { hostname, port } = new URL(site.url);
    for (let length = 1; length < whole.length; length += 7) {
      const socket = connect(Number(port), hostname, () => socket.end(whole.slice(0, length)));
      socket.on('error', () => {});
      await new Promise((closed) => socket.resume().once('close', closed));
    }
  });

  /** Expects 4xx in JSON that must not be cached, or no response at all; and no internals of the program. */
  function expectRefused({ status, head, body }: RawResponse): void {
    expect(status === 0 || (status >= 400 && status < 500)).toBe(true);
    expect(head + body).not.toMatch(/node_modules|\.[tj]s:\d|HPE_|ERR_/);
    if (body.startsWith('{')) expect(head.toLowerCase()).toContain('\r\ncache-control: no-store');
  }
});
