import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { readSources } from '../../src/pages/docs/files.ts';
import { markdownPathOf } from '../../src/pages/docs/source.ts';
import { aChangeRecord } from '../support/change-records.ts';
import { newTemporaryDirectory } from '../support/cleanup.ts';
import { Browser } from '../support/client.ts';
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
import { newApplication, newDevice, newPerson, type Person, type TestApplication } from '../support/people.ts';
import { newSite } from '../support/server.ts';

/** One block of code on a page, as a reader of its plain text gets it from the running server. */
interface Block {
  readonly page: string;
  readonly language: string;
  readonly text: string;
}

const run = promisify(execFile);
const redirectUri = 'http://127.0.0.1:8000/authorized/';
/** The number of the tracker in the texts, and what its label says. */
const deviceInTexts = '17';
const label = { serialNumber: '012345', deviceName: 'a1b2c3d4e5f8' };

describe('every block of code in the documentation', () => {
  const site = newSite();
  const directory = newTemporaryDirectory('blocks');
  const ran = new Map<string, number>();
  let byCode: TestApplication;
  let byPassword: TestApplication;
  let inPublic: TestApplication;
  let person: Person;
  let deviceId: number;

  beforeAll(async () => {
    await site.start();
    person = await newPerson(site);
    byCode = await newApplication(site, { redirectUris: [redirectUri] });
    byPassword = await newApplication(site, { grantType: 'password', redirectUris: [] });
    inPublic = await newApplication(site, { isPublic: true, redirectUris: [redirectUri] });
    deviceId = (await newDevice(site, person)).id;
    await site.store.devices.add({ ...label, ownerId: null, now: Date.now(), record: aChangeRecord });
  });
  afterAll(async () => {
    await site.stop();
    console.log(`Blocks that ran\n  ${[...ran].map(([what, count]) => `${what}: ${count}`).join('\n  ')}`);
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

  /** Programs that are files, and run as such elsewhere. */
  const isProgram = ({ text }: Block) => text.includes('INSIDERS_URL');

  async function browserOf(who: Person): Promise<Browser> {
    const browser = new Browser(site.url);
    await browser.logIn(who);
    return browser;
  }

  /** What a reader has put into the environment by the time they come to a block. */
  async function environmentFor({ text }: Block): Promise<Record<string, string>> {
    const { verifier, challenge } = newPkce();
    const application = text.includes('grant_type=password')
      ? byPassword
      : text.includes('client_id=')
        ? inPublic
        : byCode;
    const pkce = { code_challenge: challenge, code_challenge_method: 'S256' };
    const code = text.includes('code_verifier')
      ? await codeFor(await browserOf(person), inPublic, pkce)
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
    writeFileSync(file, block.text.replaceAll(`/${deviceInTexts}/`, `/${deviceId}/`));
    const { stdout } = await run(program, [...args(file)], { env: await environmentFor(block), timeout: 30_000 });
    return stdout.trim();
  }

  /**
   * What is printed is an answer that is no refusal, or the two texts of PKCE, or nothing where something is only set.
   */
  function expectGood(block: Block, printed: string): void {
    const isPkce = block.page === 'pkce' && !block.text.includes('curl');
    if (block.text.startsWith('export ')) expect(printed).toBe('');
    else if (isPkce) expect(printed).toMatch(/^[\w.~-]{43,128} [\w-]{43}$/);
    else if (block.language === 'python' && !printed.startsWith('{')) expect(printed).toMatch(/^\d+ (devices|of \d+)$/);
    else expectAnswer(block, printed);
  }

  function expectAnswer({ language, text }: Block, printed: string): void {
    // Python prints its own notation.
    const body = JSON.parse(language === 'python' ? printed.replaceAll("'", '"') : printed) as object;
    expect([text, Object.keys(body)]).toEqual([text, expect.not.arrayContaining(['error'])]);
    expect([text, Object.keys(body)]).toEqual([text, expect.not.arrayContaining(['code'])]);
  }

  /** The request as it stands there, with what stands for a credential replaced by one. */
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
    const answer = await fetch(site.url + path, { method, headers, ...(body !== undefined && { body: fields }) });
    return answer.status;
  }

  async function expectAddress(block: Block): Promise<void> {
    const address = block.text.replace(/\s+/g, '');
    if (address.startsWith(redirectUri)) {
      await expectCallback(new URL(address));
      return;
    }
    expect(address.startsWith(site.url)).toBe(true);
    const target = address.slice(site.url.length).replace('YOUR_CLIENT_ID_HERE', byCode.clientId);
    const page = await (await browserOf(await newPerson(site))).open(target);
    expect([block.text, page.status]).toEqual([block.text, 200]);
  }

  /** The callback in the text has the parameters of a real one. */
  async function expectCallback(written: URL): Promise<void> {
    const decision = written.searchParams.has('error') ? 'deny' : 'authorize';
    const browser = await browserOf(await newPerson(site));
    const done = await decide(browser, await browser.open(authorizeUrl(byCode, { state: 's' })), decision);
    const real = new URL(done.location ?? '');
    expect([...written.searchParams.keys()].sort()).toEqual([...real.searchParams.keys()].sort());
  }

  /** The members of an answer in the text are those of a real one. */
  async function expectShape(block: Block): Promise<void> {
    const written = JSON.parse(block.text) as Record<string, unknown>;
    const tokens = await obtainTokens(site, byCode, person);
    const path = 'results' in written ? '/api/v1/devices/' : '/api/v1/device-ownerships/';
    const { body } = await callApi(site, tokens.access_token, path);
    const [real = {}] = body.results as readonly Record<string, unknown>[];
    const [row = {}] = (written.results ?? []) as readonly Record<string, unknown>[];
    if ('active' in written) {
      const introspected = await introspect(site, byCode, tokens.access_token);
      expect(Object.keys(written)).toEqual(Object.keys(introspected.body));
    } else if ('access_token' in written) expect(Object.keys(written)).toEqual(Object.keys(tokens));
    else if ('results' in written)
      expect([Object.keys(written), shapeOf(row)]).toEqual([Object.keys(body), shapeOf(real)]);
    else expect(shapeOf(written)).toEqual(shapeOf(real));
  }

  const shapeOf = (record: Record<string, unknown>): readonly string[] =>
    Object.entries(record)
      .flatMap(([name, value]) =>
        typeof value === 'object' && value !== null ? Object.keys(value).map((inner) => `${name}.${inner}`) : [name],
      )
      .sort();

  async function expectRefusal(block: Block): Promise<void> {
    const slow = newSite({ apiRequestsPerMinute: '1' });
    onTestFinished(() => slow.stop());
    await slow.start();
    const tokens = await obtainTokens(slow, await newApplication(slow), await newPerson(slow));
    await callApi(slow, tokens.access_token);
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    const answer = await fetch(`${slow.url}/api/v1/devices/`, { headers }).then(readResponse);
    const [head = '', body = ''] = block.text.split(/\n\n/);
    expect(head.split('\n')[0]).toBe(`HTTP/1.1 ${answer.status} Too Many Requests`);
    for (const line of head.split('\n').slice(1)) expect(answer.headers.has(line.split(':')[0] ?? '')).toBe(true);
    expect(JSON.parse(body)).toEqual(answer.body);
  }

  async function check(block: Block): Promise<void> {
    switch (block.language) {
      case 'bash':
        expectGood(block, await execute(block, 'bash', (file) => ['-euo', 'pipefail', file]));
        break;
      case 'python':
        expectGood(block, await execute(block, '/usr/bin/python3', (file) => [file]));
        break;
      case 'typescript':
        expectGood(block, await execute(block, process.execPath, (file) => [file]));
        break;
      case 'http':
        if (block.text.startsWith('HTTP/')) await expectRefusal(block);
        else expect([block.text, await send(block)]).toEqual([block.text, 200]);
        break;
      case 'json':
        await expectShape(block);
        break;
      case 'text':
        await expectAddress(block);
        break;
      default:
        throw new Error(`${block.page} has a block of ${block.language}, and nothing here runs it`);
    }
  }

  it('runs as it is printed', async () => {
    const all = (await blocks()).filter((block) => !isProgram(block));
    expect(all.length).toBeGreaterThan(25);
    // What makes somebody the owner of a tracker comes first, then what ends it.
    const order = (block: Block) => (block.text.includes('release-ownership') ? 1 : 0);
    for (const block of all.toSorted((one, other) => order(one) - order(other))) {
      await check(block).catch((cause: Error) => {
        throw new Error(`docs/site/${block.page}.md, a block of ${block.language}: ${cause.message}\n${block.text}`, {
          cause,
        });
      });
      ran.set(block.language, (ran.get(block.language) ?? 0) + 1);
    }
  }, 120_000);

  it('that is longer is a program of docs/examples, which runs as a file', async () => {
    const programs = (await blocks()).filter(isProgram);
    expect(programs.length).toBeGreaterThan(20);
    for (const { language } of programs) {
      expect(['bash', 'python', 'typescript', 'php', 'go', 'java', 'csharp']).toContain(language);
    }
  });
});
