import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sitemap } from '../../src/pages/index.ts';
import { type RawResponse, sendRaw } from '../support/network/raw-http.ts';
import { basic, logInByPassword, tokensOf } from '../support/oauth.ts';
import { newApplication, newUser } from '../support/site/fixtures.ts';
import { formTo, HttpBrowser } from '../support/site/http-browser.ts';
import { newTestServer } from '../support/site/site.ts';

/*
 * Sends malformed requests to every address. The response is never 500, never reveals internals, is JSON for programs,
 * and never redirects to another site.
 */

const programs = [
  '/oauth2/token/',
  '/oauth2/revoke-token/',
  '/oauth2/introspect/',
  '/.well-known/oauth-authorization-server',
  '/api/v1/account/',
  '/api/v1/devices/',
  '/api/v1/devices/1/',
  '/api/v1/devices/1/set-custom-name/',
  '/api/v1/devices/1/release-ownership/',
  '/api/v1/devices/take-ownership/',
  '/api/v1/device-ownerships/',
  '/api/v1/device-ownerships/1/',
  '/api/v1/openapi.json',
  '/healthz',
];
/** All pages but the logout, which would close the session that the others need. */
const pages = sitemap
  .map((page) => page.path.replace(/:[a-z]+/gi, 'A'.repeat(22)))
  .filter((path) => path !== '/logout/');

const names = [
  ...['grant_type', 'code', 'redirect_uri', 'client_id', 'client_secret', 'code_verifier', 'refresh_token', 'username'],
  ...['password', 'scope', 'token', 'token_type_hint', 'response_type', 'state', 'code_challenge', 'prompt', 'resume'],
  ...[
    'next',
    'csrf',
    'viewer',
    'decision',
    'email',
    'first_name',
    'last_name',
    'serial_number',
    'device_name',
    'theme',
  ],
  ...['page', 'limit', 'ordering', 'search', 'current', 'custom_name', 'new_password', 'current_password', '__proto__'],
  ...['constructor', 'toString', 'password[]', 'password[$ne]', 'a.b', ''],
];

const values = [
  ...['authorization_code', 'password', 'refresh_token', 'all', 'code', 'authorize', 'true', '-1', '0', '1e9', 'null'],
  ...['999999999999999999999', 'https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)'],
  ...['%00', '%', '%ZZ', '%C3%28', '%ed%a0%80', '%0d%0aLocation:%20https://evil.example', '%F0%9F%9A%B2', '+', '%20'],
  ...['"><script>alert(1)</script>', "' OR 1=1 --", '{"$gt":""}', '../../etc/passwd', '#{7*7}', 'x'.repeat(9000)],
];

const anyText = fc.oneof(
  fc.constantFrom(...values),
  fc.string({ maxLength: 30 }).map(encodeURIComponent),
  fc.string({ unit: 'binary', maxLength: 30 }).map((text) => encodeURIComponent(text.toWellFormed())),
  fc.base64String({ maxLength: 90 }),
);
const anyPairs = fc
  .array(fc.tuple(fc.oneof(fc.constantFrom(...names), anyText), anyText), { maxLength: 8 })
  .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join('&'));

const anyBody = fc.oneof(
  { weight: 6, arbitrary: anyPairs },
  fc.json(),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom('', '{', '[[[[', '{"__proto__":{"x":1}}', '\0', '&&&===&', `{"a":"${'x'.repeat(70_000)}"}`),
);

const anyContentType = fc.oneof(
  { weight: 6, arbitrary: fc.constant('application/x-www-form-urlencoded') },
  { weight: 3, arbitrary: fc.constant('application/json') },
  fc.constantFrom(
    'text/plain',
    'multipart/form-data',
    'a/b/c',
    ';',
    'application/json; charset=utf-7',
    'APPLICATION/JSON',
  ),
);

/** Any valid value of a header. */
const anyLine = fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.replace(/[^\x20-\x7e\x80-\xff]/g, ''));

describe('malformed requests', () => {
  const site = newTestServer({ logLevel: 'silent', apiRequestsPerMinute: '0' });
  let valid: { readonly basic: string; readonly bearer: string; readonly cookie: string; readonly csrf: string };
  beforeAll(async () => {
    await site.start();
    const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
    const tokens = tokensOf(await logInByPassword(site, application, person));
    const browser = new HttpBrowser(site.url);
    await browser.logIn(person);
    const { csrf = '' } = formTo(await browser.open('/account/'), '/theme/').fields;
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    valid = { basic: basic(application), bearer: `Bearer ${tokens.access_token}`, cookie, csrf };
  });
  afterAll(() => site.stop());

  /** Credentials that are valid most of the time, so that the garbage gets past authentication. */
  const credentials = fc.record({
    authorization: fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom('basic', 'bearer') },
      fc.constant('none'),
      anyLine.map((text) => `Basic ${text}`),
      anyLine.map((text) => `Bearer ${text}`),
      anyLine,
    ),
    cookie: fc.oneof(
      { weight: 5, arbitrary: fc.constant('valid') },
      fc.constant('none'),
      anyLine,
      anyLine.map((text) => `insiders_session=${text}`),
    ),
    withCsrf: fc.constantFrom(true, true, true, false),
  });

  const requests = (paths: readonly string[]) =>
    fc.record({
      method: fc.constantFrom('GET', 'GET', 'GET', 'POST', 'POST', 'POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'),
      path: fc.constantFrom(...paths),
      query: fc.oneof(fc.constant(''), anyPairs, anyText),
      body: anyBody,
      contentType: anyContentType,
      accept: fc.constantFrom('text/html', '*/*', 'application/json', ''),
      header: fc.tuple(
        fc.constantFrom('Origin', 'Referer', 'X-Forwarded-For', 'Accept-Language', 'If-None-Match', 'Range'),
        anyLine,
      ),
      credentials,
    });
  type Garbage = ReturnType<typeof requests> extends fc.Arbitrary<infer Value> ? Value : never;

  function write(request: Garbage): Buffer {
    const { method, path, query, contentType, accept, header } = request;
    const { authorization, cookie, withCsrf } = request.credentials;
    const known: Record<string, string> = { basic: valid.basic, bearer: valid.bearer };
    const target = query === '' ? path : `${path}?${query.replace(/[^\x21-\x7e]/g, '%00')}`;
    const body = Buffer.from(withCsrf ? `csrf=${valid.csrf}&${request.body}` : request.body);
    const bodiless = method === 'GET' || method === 'HEAD';
    const lines = [
      `${method} ${target} HTTP/1.1`,
      `Host: ${new URL(site.url).host}`,
      'Connection: close',
      `${header[0]}: ${header[1]}`,
      `Accept: ${accept}`,
      ...(authorization === 'none' ? [] : [`Authorization: ${known[authorization] ?? authorization}`]),
      ...(cookie === 'none' ? [] : [`Cookie: ${cookie === 'valid' ? valid.cookie : cookie}`]),
      ...(bodiless ? [] : [`Content-Type: ${contentType}`, `Content-Length: ${body.length}`]),
    ];
    const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
    return bodiless ? head : Buffer.concat([head, body]);
  }

  async function expectValid(request: Garbage): Promise<RawResponse> {
    const response = await sendRaw(site.url, write(request));
    expect(response.status).toBeGreaterThanOrEqual(200);
    // 503 is a valid response of a busy server.
    if (response.status !== 503) expect(response.status).toBeLessThan(500);
    expect(response.body).not.toMatch(/node_modules|\.[tj]sx?:\d+|SQLITE_|syntax error|<script>alert/i);
    const location = /\r\nlocation: ([^\r]*)/i.exec(response.head)?.[1];
    if (location !== undefined) expect(new URL(location, site.url).origin).toBe(site.url);
    expect(response.head).not.toMatch(/\r\nlocation: https:\/\/evil/i);
    return response;
  }

  const amount = { numRuns: Number(process.env.FUZZ_RUNS ?? 2500), interruptAfterTimeLimit: 10_000 };

  it('get JSON and no 500 at addresses for programs', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(requests(programs), async (request) => {
        const { head, status, body } = await expectValid(request);
        const isEmpty = body === '' || request.method === 'HEAD';
        if (!isEmpty) expect(() => JSON.parse(body)).not.toThrow();
        if (!isEmpty) expect(head).toMatch(/\r\ncontent-type: application\/json/i);
        if (status === 401) expect(head).toMatch(/\r\nwww-authenticate: (Basic|Bearer) realm="insiders"/i);
      }),
      amount,
    );
  });

  it('get no 500 at pages', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(requests(pages), async (request) => {
        await expectValid(request);
      }),
      amount,
    );
  });

  it('leave the server ready', async () => {
    const response = await fetch(`${site.url}/readyz`);
    expect(await response.json()).toEqual({ status: 'ready' });
    const devices = await fetch(`${site.url}/api/v1/devices/`, { headers: { authorization: valid.bearer } });
    expect(devices.status).toBe(200);
    await devices.body?.cancel();
  });
});
