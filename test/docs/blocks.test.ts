import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { readSources } from '../../src/pages/docs/files.ts';
import { markdownPathOf } from '../../src/pages/docs/source.ts';
import { testChangeRecord } from '../support/database/change-records.ts';
import {
  authorizeUrl,
  basic,
  callApi,
  codeFor,
  decide,
  introspect,
  newPkce,
  obtainTokens,
  readResponse,
} from '../support/oauth.ts';
import { newTemporaryDirectory } from '../support/processes/cleanup.ts';
import { newApplication, newDevice, newUser, type TestApplication, type TestUser } from '../support/site/fixtures.ts';
import { HttpBrowser } from '../support/site/http-browser.ts';
import { newTestServer } from '../support/site/site.ts';

/** A code block of a page, as the server sends it in Markdown. */
interface Block {
  readonly page: string;
  readonly language: string;
  readonly text: string;
}

const run = promisify(execFile);
const redirectUri = 'http://127.0.0.1:8000/authorized/';
/** The device of the examples: its ID, and the values on its label. */
const exampleDeviceId = '17';
const exampleDevice = { serialNumber: '012345', deviceName: 'a1b2c3d4e5f8' };

describe('every code block of the documentation', () => {
  const site = newTestServer();
  const directory = newTemporaryDirectory('blocks');
  /** The number of blocks that were checked, by language. */
  const checked = new Map<string, number>();
  let byCode: TestApplication;
  let byPassword: TestApplication;
  let publicApplication: TestApplication;
  let person: TestUser;
  let deviceId: number;

  beforeAll(async () => {
    await site.start();
    person = await newUser(site);
    byCode = await newApplication(site, { redirectUris: [redirectUri] });
    byPassword = await newApplication(site, { grantType: 'password', redirectUris: [] });
    publicApplication = await newApplication(site, { isPublic: true, redirectUris: [redirectUri] });
    deviceId = (await newDevice(site, person)).id;
    await site.store.devices.add({ ...exampleDevice, ownerId: null, now: Date.now(), record: testChangeRecord });
  });
  afterAll(async () => {
    await site.stop();
    console.log(
      `Checked code blocks\n  ${[...checked].map(([language, count]) => `${language}: ${count}`).join('\n  ')}`,
    );
  });

  async function blocks(): Promise<readonly Block[]> {
    const pages = await Promise.all(
      readSources().map(async ({ name }) => {
        const text = await (await fetch(site.url + markdownPathOf(name))).text();
        return [...text.matchAll(/^(`{3,})(\w+)[^\n]*\n([\s\S]*?)^\1$/gm)].map(([, , language = '', body = '']) => ({
          page: name,
          language,
          text: body.trim(),
        }));
      }),
    );
    return pages.flat();
  }

  /** Example programs are files; `examples.test.ts` runs them. */
  const isProgram = ({ text }: Block) => text.includes('INSIDERS_URL');

  async function browserOf(user: TestUser): Promise<HttpBrowser> {
    const browser = new HttpBrowser(site.url);
    await browser.logIn(user);
    return browser;
  }

  /** The environment variables that a reader has set before a block. */
  async function environmentFor({ text }: Block): Promise<Record<string, string>> {
    const { verifier, challenge } = newPkce();
    const application = text.includes('grant_type=password')
      ? byPassword
      : text.includes('client_id=')
        ? publicApplication
        : byCode;
    const pkce = { code_challenge: challenge, code_challenge_method: 'S256' };
    const code = text.includes('code_verifier')
      ? await codeFor(await browserOf(person), publicApplication, pkce)
      : await codeFor(await browserOf(person), byCode);
    const tokens = await obtainTokens(site, byCode, person);
    return {
      PATH: process.env.PATH ?? '',
      TMPDIR: directory,
      INSIDERS_CLIENT_ID: application.clientId,
      INSIDERS_CLIENT_SECRET: application.clientSecret ?? '',
      INSIDERS_USERNAME: person.email,
      INSIDERS_PASSWORD: person.password,
      CODE: code,
      CODE_VERIFIER: verifier,
      ACCESS_TOKEN: tokens.access_token,
      REFRESH_TOKEN: tokens.refresh_token,
      LEAKED: (await newApplication(site)).clientSecret ?? '',
    };
  }

  async function execute(block: Block, program: string, args: (file: string) => readonly string[]): Promise<string> {
    const file = join(directory, `block.${block.language === 'typescript' ? 'mts' : block.language}`);
    writeFileSync(file, block.text.replaceAll(`/${exampleDeviceId}/`, `/${deviceId}/`));
    const { stdout } = await run(program, [...args(file)], { env: await environmentFor(block), timeout: 30_000 });
    return stdout.trim();
  }

  /** The output is a successful response, or a verifier and its challenge, or nothing if the block sets variables. */
  function expectOutput(block: Block, output: string): void {
    const isPkce = block.page === 'pkce' && !block.text.includes('curl');
    if (block.text.startsWith('export ')) expect(output).toBe('');
    else if (isPkce) expect(output).toMatch(/^[\w.~-]{43,128} [\w-]{43}$/);
    else if (block.language === 'python' && !output.startsWith('{')) expect(output).toMatch(/^\d+ (devices|of \d+)$/);
    else expectSuccess(block, output);
  }

  function expectSuccess({ language, text }: Block, output: string): void {
    // Python prints its own notation.
    const body = JSON.parse(language === 'python' ? output.replaceAll("'", '"') : output) as object;
    expect([text, Object.keys(body)]).toEqual([text, expect.not.arrayContaining(['error'])]);
    expect([text, Object.keys(body)]).toEqual([text, expect.not.arrayContaining(['code'])]);
  }

  /** Sends the request of a block with real credentials instead of placeholders. Returns the status. */
  async function send(block: Block): Promise<number> {
    const [head = '', body] = block.text.split(/\n\n/);
    const [first = '', ...lines] = head.split('\n');
    const [method = '', path = ''] = first.split(' ');
    const environment = await environmentFor(block);
    const named = lines.map((line) => line.split(': ') as [string, string]);
    const headers = new Headers(named.filter(([name]) => name !== 'Authorization'));
    const application = block.text.includes('grant_type=password') ? byPassword : byCode;
    const isApi = path.startsWith('/api/');
    headers.set('authorization', isApi ? `Bearer ${environment.ACCESS_TOKEN}` : basic(application));
    const fields = new URLSearchParams(body ?? '');
    const values = { code: 'CODE', refresh_token: 'REFRESH_TOKEN', token: 'REFRESH_TOKEN' } as const;
    for (const [field, name] of Object.entries(values))
      if (fields.has(field)) fields.set(field, environment[name] ?? '');
    if (fields.has('username')) {
      fields.set('username', person.email);
      fields.set('password', person.password);
    }
    const response = await fetch(site.url + path, { method, headers, ...(body !== undefined && { body: fields }) });
    return response.status;
  }

  async function expectAddress(block: Block): Promise<void> {
    const address = block.text.replace(/\s+/g, '');
    if (address.startsWith(redirectUri)) {
      await expectCallback(new URL(address));
      return;
    }
    expect(address.startsWith(site.url)).toBe(true);
    const target = address.slice(site.url.length).replace('YOUR_CLIENT_ID_HERE', byCode.clientId);
    const page = await (await browserOf(await newUser(site))).open(target);
    expect([block.text, page.status]).toEqual([block.text, 200]);
  }

  /** The callback of the block has the parameters of a real one. */
  async function expectCallback(documented: URL): Promise<void> {
    const decision = documented.searchParams.has('error') ? 'deny' : 'authorize';
    const browser = await browserOf(await newUser(site));
    const done = await decide(browser, await browser.open(authorizeUrl(byCode, { state: 's' })), decision);
    const real = new URL(done.location ?? '');
    expect([...documented.searchParams.keys()].sort()).toEqual([...real.searchParams.keys()].sort());
  }

  /** The JSON of the block has the members of a real response. */
  async function expectShape(block: Block): Promise<void> {
    const documented = JSON.parse(block.text) as Record<string, unknown>;
    const tokens = await obtainTokens(site, byCode, person);
    const path = 'results' in documented ? '/api/v1/devices/' : '/api/v1/device-ownerships/';
    const { body } = await callApi(site, tokens.access_token, path);
    const [real = {}] = body.results as readonly Record<string, unknown>[];
    const [row = {}] = (documented.results ?? []) as readonly Record<string, unknown>[];
    if ('active' in documented) {
      const introspected = await introspect(site, byCode, tokens.access_token);
      expect(Object.keys(documented)).toEqual(Object.keys(introspected.body));
    } else if ('access_token' in documented) expect(Object.keys(documented)).toEqual(Object.keys(tokens));
    else if ('results' in documented)
      expect([Object.keys(documented), shapeOf(row)]).toEqual([Object.keys(body), shapeOf(real)]);
    else expect(shapeOf(documented)).toEqual(shapeOf(real));
  }

  const shapeOf = (record: Record<string, unknown>): readonly string[] =>
    Object.entries(record)
      .flatMap(([name, value]) =>
        typeof value === 'object' && value !== null ? Object.keys(value).map((inner) => `${name}.${inner}`) : [name],
      )
      .sort();

  /** The 429 of the block has the headers and the body of a real one. */
  async function expectThrottled(block: Block): Promise<void> {
    const throttledSite = newTestServer({ apiRequestsPerMinute: '1' });
    onTestFinished(() => throttledSite.stop());
    await throttledSite.start();
    const tokens = await obtainTokens(throttledSite, await newApplication(throttledSite), await newUser(throttledSite));
    await callApi(throttledSite, tokens.access_token);
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    const response = await fetch(`${throttledSite.url}/api/v1/devices/`, { headers }).then(readResponse);
    const [head = '', body = ''] = block.text.split(/\n\n/);
    expect(head.split('\n')[0]).toBe(`HTTP/1.1 ${response.status} Too Many Requests`);
    for (const line of head.split('\n').slice(1)) expect(response.headers.has(line.split(':')[0] ?? '')).toBe(true);
    expect(JSON.parse(body)).toEqual(response.body);
  }

  async function check(block: Block): Promise<void> {
    switch (block.language) {
      case 'bash':
        expectOutput(block, await execute(block, 'bash', (file) => ['-euo', 'pipefail', file]));
        break;
      case 'python':
        expectOutput(block, await execute(block, '/usr/bin/python3', (file) => [file]));
        break;
      case 'typescript':
        expectOutput(block, await execute(block, process.execPath, (file) => [file]));
        break;
      case 'http':
        if (block.text.startsWith('HTTP/')) await expectThrottled(block);
        else expect([block.text, await send(block)]).toEqual([block.text, 200]);
        break;
      case 'json':
        await expectShape(block);
        break;
      case 'text':
        await expectAddress(block);
        break;
      default:
        throw new Error(`${block.page} has a block of ${block.language}, which this test can't check`);
    }
  }

  it('works unchanged', async () => {
    const all = (await blocks()).filter((block) => !isProgram(block));
    expect(all.length).toBeGreaterThan(25);
    // Blocks that take the device come before those that release it.
    const order = (block: Block) => (block.text.includes('release-ownership') ? 1 : 0);
    for (const block of all.toSorted((one, other) => order(one) - order(other))) {
      await check(block).catch((cause: Error) => {
        throw new Error(`docs/site/${block.page}.md, a block of ${block.language}: ${cause.message}\n${block.text}`, {
          cause,
        });
      });
      checked.set(block.language, (checked.get(block.language) ?? 0) + 1);
    }
  }, 120_000);

  it('that is an example program is in a known language', async () => {
    const programs = (await blocks()).filter(isProgram);
    expect(programs.length).toBeGreaterThan(20);
    for (const { language } of programs) {
      expect(['bash', 'python', 'typescript', 'php', 'go', 'java', 'csharp']).toContain(language);
    }
  });
});
