import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentedCodes } from '../../../src/pages/docs/errors/error-codes.ts';
import { pathOfExample, placeholders } from '../../../src/pages/docs/examples.ts';
import { readExamples, readSources } from '../../../src/pages/docs/files.ts';
import { markdownPathOf, pathOfPage } from '../../../src/pages/docs/source.ts';
import { developer } from '../../../src/pages/messages/developer.ts';
import { requests } from '../../../src/pages/messages/documented-requests.ts';
import { readResponse } from '../../support/oauth.ts';
import { HttpBrowser, type Page, visibleText } from '../../support/site/http-browser.ts';
import { newTestServer } from '../../support/site/site.ts';

const names = readSources().map(({ name }) => name);
/** Pages of the site that are not part of the documentation. */
const outside = /^\/(?!docs\/)/;

describe('the documentation', () => {
  const site = newTestServer({ accessTokenSeconds: '7200', codeSeconds: '240', apiRequestsPerMinute: '1234' });
  /** Every page that is reachable by links from `/docs/`, by its path. */
  const found = new Map<string, Page>();

  beforeAll(async () => {
    await site.start();
    const browser = new HttpBrowser(site.url);
    const queue = ['/docs/'];
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      if (found.has(path)) continue;
      const page = await browser.send(path);
      found.set(path, page);
      if (!outside.test(path)) queue.push(...linksOf(page).map(({ pathname, search }) => pathname + search));
    }
  });

  afterAll(() => site.stop());

  it.each(names)('has the page %s, with a title of its own, and its Markdown', async (name) => {
    const page = await new HttpBrowser(site.url).send(pathOfPage(name));
    expect(page.status).toBe(200);
    expect(page.html.match(/<h1>/g)).toHaveLength(1);
    const plain = await fetch(site.url + markdownPathOf(name));
    expect([plain.status, plain.headers.get('content-type')]).toEqual([200, 'text/markdown; charset=utf-8']);
    const text = await plain.text();
    expect(text).toMatch(/^# \S/);
    expect(text).not.toMatch(/\{\{|\]\(\/| tab=/);
  });

  it('has no broken links, and no links to missing anchors', () => {
    const pages = [...found].filter(([path]) => !outside.test(path));
    const broken = pages.flatMap(([from, page]) =>
      linksOf(page).flatMap(({ pathname, search, hash }) => {
        const target = found.get(pathname + search);
        const isThere = outside.test(pathname) ? isReachable(target) : target?.status === 200;
        const part = decodeURIComponent(hash.slice(1));
        const hasPart = part === '' || target?.html.includes(`id="${part}"`);
        return isThere && hasPart ? [] : [`${from} -> ${pathname}${hash}`];
      }),
    );
    expect(broken).toEqual([]);
  });

  it('has no page without a link to it', () => {
    const all = [...names.flatMap((name) => [pathOfPage(name), markdownPathOf(name)]), '/docs/errors/'];
    const errors = documentedCodes.map(({ code }) => `/docs/errors/${code}/`);
    expect([...all, ...errors].filter((path) => !found.has(path))).toEqual([]);
  });

  it('is listed for programs', async () => {
    const response = await fetch(`${site.url}/docs/llms.txt`);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    const text = await response.text();
    for (const name of names) expect(text).toContain(`](${site.url}${markdownPathOf(name)})`);
    const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link);
    const statuses = await Promise.all(links.map(async (link) => [link, (await fetch(link)).status]));
    expect(statuses.filter(([, status]) => status !== 200)).toEqual([]);
  });

  it('states the configuration of the server', async () => {
    const { body } = await fetch(`${site.url}/.well-known/oauth-authorization-server`).then(readResponse);
    expect(body.service_documentation).toBe(`${site.url}/docs/`);
    const configuration = await textAt('/docs/client-configuration/');
    for (const name of ['issuer', 'authorization_endpoint', 'token_endpoint', 'revocation_endpoint']) {
      expect(configuration).toContain(String(body[name]));
    }
    const lists = ['grant_types_supported', 'token_endpoint_auth_methods_supported', 'scopes_supported'];
    for (const value of lists.flatMap((name) => body[name] as string[])) expect(configuration).toContain(value);
    const lifetimes = await textAt('/docs/tokens-and-lifetimes/');
    expect(lifetimes).toContain('2 hours (7200 s)');
    expect(lifetimes).toContain('Authorization code 4 minutes');
    expect(await textAt('/docs/throttling/')).toContain('1234 requests per minute');
  });

  it('has no handwritten codes, statuses, numbers or states: they are facts of the server', () => {
    const codes = documentedCodes.map(({ code }) => code).join('|');
    const handwritten = new RegExp(
      `(?<![{.\\w])(?:${codes}|[1-5]\\d\\d|\\d{2,}|\\d+ (?:second|minute|hour|day)s?)(?![\\w}])`,
      'g',
    );
    const found = readSources().flatMap(({ name, markdown }) =>
      [...proseOf(markdown).matchAll(handwritten)].map(([text]) => `${name}: ${text}`),
    );
    expect(found).toEqual([]);
  });

  it('states codes without an example request only if no request produces them', () => {
    const text = readSources()
      .map(({ markdown }) => markdown)
      .join('');
    const named = new Set([...text.matchAll(/\{\{error\.([a-z_]+)\}\}/g)].map(([, code]) => code));
    // The user denies, the server fails, or the server is busy.
    expect([...named].sort()).toEqual(['access_denied', 'server_error', 'temporarily_unavailable']);
  });

  it('shows every response that is tested', () => {
    const text = readSources()
      .map(({ markdown }) => markdown)
      .join('');
    const shown = new Set(
      [...text.matchAll(/\{\{respons(?:e\.|es )([^}]*)\}\}/g)].flatMap(([, ids = '']) => ids.split(' ')),
    );
    expect([...shown].sort()).toEqual(Object.keys(requests).sort());
  });

  it('names the headers that a preflight allows', async () => {
    const preflight = await fetch(`${site.url}/oauth2/token/`, { method: 'OPTIONS' });
    const allowed = preflight.headers.get('access-control-allow-headers') ?? 'none';
    const text = (await textAt('/docs/pkce/')).replaceAll(' ,', ',');
    expect(text).toContain(`the request headers ${allowed} and no others`);
  });

  it('shows the states of a registration by their names in the portal', async () => {
    const text = await textAt('/docs/register-an-application/');
    for (const state of Object.values(developer.states)) expect(text).toContain(state);
    expect(text).not.toContain('information_requested');
  });

  it('names the paging that the API document names', async () => {
    const { body } = await fetch(`${site.url}/api/v1/openapi.json`).then(readResponse);
    const paths = body.paths as Record<
      string,
      { get: { parameters: { name: string; schema: { default?: unknown } }[] } }
    >;
    const limit = paths['/api/v1/devices/']?.get.parameters.find(({ name }) => name === 'limit');
    const devices = await textAt('/docs/devices/');
    expect(devices).toContain(`limit ${limit?.schema.default} `);
    for (const path of Object.keys(paths)) expect(devices).toContain(path);
  });

  it('has the API reference as plain text: every operation, with a request as it is sent', async () => {
    const { body } = await fetch(`${site.url}/api/v1/openapi.json`).then(readResponse);
    const response = await fetch(`${site.url}/docs/api.md`);
    expect(response.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
    const text = await response.text();
    const operations = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `\`${method.toUpperCase()} ${path}\``),
    );
    expect(operations.filter((operation) => !text.includes(operation))).toEqual([]);
    expect(text.match(/^curl /gm)?.length).toBe(operations.length);
    expect(text).toContain('1,234 requests per minute');
    expect(text).not.toMatch(/undefined|\[object/);
  });

  it('states what integrators must know about OAuth', async () => {
    const text = await textAt('/docs/oauth2/');
    const statements = [
      'Authorization Code',
      'Resource Owner Password Credentials',
      'RFC 6749',
      'Exactly one grant flow',
      'changed at any time by contacting the support',
      'may ask for additional information',
      'Grant Type Authorization Code or Resource Owner Password Credentials',
      'Authorize URL /oauth2/authorize/',
      'Access token URL /oauth2/token/',
      'Scope all',
      'Client Authentication Basic Auth header',
      '/oauth2/revoke-token/',
      'no granularity',
      'trailing slashes are mandatory',
      'It does not expire',
    ];
    expect(statements.filter((statement) => !text.includes(statement))).toEqual([]);
  });

  it('serves every example as a file, with the URL of this server', async () => {
    for (const { language, fileName, text } of readExamples()) {
      const response = await fetch(`${site.url}${pathOfExample(language, fileName)}`);
      expect([fileName, response.status]).toEqual([fileName, 200]);
      expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
      expect(response.headers.get('content-disposition')).toBe(`attachment; filename="${fileName}"`);
      expect(await response.text()).toBe(text.replaceAll(placeholders.server, site.url));
    }
  });

  it('responds with 404 for unknown paths', async () => {
    const paths = [
      '/docs/nope/',
      '/docs/nope.md',
      '/docs/errors/nope/',
      '/docs/examples/python/nope.py',
      '/docs/README.md',
    ];
    for (const path of [...paths, '/docs/examples/python/..%2f..%2fpackage.json', '/docs/site/index.md']) {
      expect([path, (await new HttpBrowser(site.url).send(path)).status]).toEqual([path, 404]);
    }
  });

  describe('search', () => {
    const search = (query: string) => textAt(`/docs/search/?q=${encodeURIComponent(query)}`);

    it.each([
      ['invalid_grant', '/docs/errors/invalid_grant/'],
      ['refresh token', '/docs/refresh-tokens/'],
      ['trailing slash', '/docs/client-configuration/#trailing-slashes'],
      ['code_challenge', '/docs/pkce/'],
      ['throtling', '/docs/throttling/'],
    ])('finds %s', async (query, address) => {
      const page = await new HttpBrowser(site.url).send(`/docs/search/?q=${encodeURIComponent(query)}`);
      expect(page.status).toBe(200);
      expect(page.html).toContain(`<a href="${address}`);
    });

    it('says that the query is empty, or that nothing was found', async () => {
      expect(await search('')).toContain('Enter a word');
      expect(await search('xyzzyxyzzy')).toContain('Nothing was found');
      expect(await search('&&& --- …')).toContain('Nothing was found');
    });

    it('escapes the query', async () => {
      const { html } = await new HttpBrowser(site.url).send(
        '/docs/search/?q=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E',
      );
      expect(html).not.toContain('<script>alert');
      expect(html).toContain('&lt;script>alert(1)');
    });

    it('reads no more of the query than the field takes', async () => {
      const { status, html } = await new HttpBrowser(site.url).send(`/docs/search/?q=${'refresh+'.repeat(1500)}`);
      expect(status).toBe(200);
      expect(html).toContain(`value="${'refresh '.repeat(13).slice(0, 100).trim()}"`);
      expect((await new HttpBrowser(site.url).send('/docs/search/?q=%FF')).status).toBe(400);
    });
  });

  async function textAt(path: string): Promise<string> {
    const page = await new HttpBrowser(site.url).send(path);
    expect([path, page.status]).toEqual([path, 200]);
    return visibleText(page.html);
  }

  /** The links of a page to this site. */
  function linksOf(page: Page): readonly URL[] {
    if (!(page.headers.get('content-type') ?? '').startsWith('text/html')) return [];
    return [...page.html.matchAll(/<a [^>]*?href="([^"]*)"/g)]
      .map(([, href = '']) => new URL(href.replaceAll('&amp;', '&'), page.url))
      .filter(({ origin }) => origin === site.url);
  }
});

/** Markdown without code, links, facts, and numbers that don't describe the server: names of standards, and advice. */
function proseOf(markdown: string): string {
  return markdown
    .replace(/^```[\s\S]*?^```$/gm, '')
    .replace(/`[^`]*`/g, (code) => (code.includes(' ') || !/^`[a-z_]+`$/.test(code) ? '' : code))
    .replace(/\]\([^)]*\)/g, ']')
    .replace(/\{\{[^}]*\}\}/g, '')
    .replace(
      /RFC \d+(?:, [\d.]+)?|SHA-256|base64(?:url)?|ISO 8601|UTF-8|since 1970|32 random bytes|128 random bits/g,
      '',
    );
}

/** Whether the page exists, if only after a login. */
function isReachable(page: Page | undefined): boolean {
  return page !== undefined && (page.status === 200 || page.location?.startsWith('/login/') === true);
}
