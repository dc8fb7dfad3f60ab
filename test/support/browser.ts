/** A real browser for the tests: an installed Chromium, or else the one that an npm package brings. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { afterFile, newTemporaryDirectory } from './cleanup.ts';
import { listenOn } from './servers.ts';

const cache = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));
const chromiumPackage = new URL('../', import.meta.resolve('@sparticuz/chromium'));
const unpack = `
  import chromium, { inflate } from '@sparticuz/chromium';
  await chromium.executablePath();
  await inflate(${JSON.stringify(fileURLToPath(new URL('bin/al2023.tar.br', chromiumPackage)))});
`;

const switches = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** One browser for a test file. Each window has its own cookies, and is closed with the browser. */
export function useBrowser(): { open(options?: BrowserContextOptions): Promise<Window> } {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launch();
  }, 120_000);
  afterAll(() => browser?.close());
  return {
    open: async (options) => {
      if (browser === undefined) throw new Error('The browser is not running');
      const context = await browser.newContext({ locale: 'en-GB', ...options });
      context.setDefaultTimeout(10_000);
      const page = await context.newPage();
      return { page, complaints: listen(page), close: () => context.close() };
    },
  };
}

export interface Window {
  readonly page: Page;
  /** What the browser complained about: errors of scripts, what the security policy refused, what did not load. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

function listen(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    // That a page came with a status of 400 or more is what some tests are about.
    const expected = /^Failed to load resource: the server responded with a status of 4/.test(message.text());
    const serious = message.type() === 'error' || message.type() === 'warning';
    if (serious && !expected) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    // A page that is left while its assets load gives them up.
    if (reason !== 'net::ERR_ABORTED') complaints.push(`${request.url()}: ${reason}`);
  });
  return complaints;
}

async function launch(): Promise<Browser> {
  // Chromium can leave a temporary file behind when it is closed under load, so it gets a directory that is removed.
  const env = { ...process.env, TMPDIR: newTemporaryDirectory('browser') };
  const installed = [process.env.CHROME_PATH, '/usr/bin/chromium'].find((path) => path && existsSync(path));
  if (installed !== undefined) return chromium.launch({ executablePath: installed, args: switches, env });
  const { executablePath, libraries } = await unpacked();
  const args = [...switches, '--no-zygote', '--disable-dev-shm-usage'];
  return chromium.launch({ executablePath, args, env: { ...env, LD_LIBRARY_PATH: libraries } });
}

/**
 * Unpacks the packaged Chromium and its libraries into node_modules/.cache, once for each version. The directory gets
 * its name when it is complete, so nobody uses a part of it: neither a test file that runs at the same time, nor the
 * next run.
 */
async function unpacked(): Promise<{ readonly executablePath: string; readonly libraries: string }> {
  const { version } = JSON.parse(readFileSync(new URL('package.json', chromiumPackage), 'utf8')) as { version: string };
  const directory = join(cache, `chromium-${version}`);
  if (!existsSync(directory)) {
    mkdirSync(cache, { recursive: true });
    const fresh = mkdtempSync(`${directory}-`);
    afterFile(() => rmSync(fresh, { recursive: true, force: true }));
    // The package unpacks into the temporary directory of its process.
    const env = { ...process.env, TMPDIR: fresh };
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', unpack], { env, cwd: cache });
    try {
      renameSync(fresh, directory);
    } catch (error) {
      // Another test file was faster.
      if (!existsSync(directory)) throw error;
    }
  }
  return { executablePath: join(directory, 'chromium'), libraries: join(directory, 'al2023', 'lib') };
}

/** Holds the page that is shown to the rules of axe (WCAG 2.2 AA and good practice). */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  // Handed to the debugger, so the page's own policy does not stop it.
  await page.evaluate(axe.source);
  const results = await page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`);
  });
  expect([name, results]).toEqual([name, []]);
}

/** Nothing is wider than the window. */
export async function expectNoSidewaysScroll(page: Page, name: string): Promise<void> {
  const [needed, there] = await page.evaluate(
    () => [document.documentElement.scrollWidth, document.documentElement.clientWidth] as const,
  );
  expect([name, needed <= there ? 'fits' : `${needed} > ${there}`]).toEqual([name, 'fits']);
}

/** Writes a picture of the whole page if somebody wants to look: `SCREENSHOTS=directory`. */
export async function takePicture(page: Page, name: string): Promise<void> {
  const directory = process.env.SCREENSHOTS;
  if (directory) await page.screenshot({ path: join(directory, `${name}.png`), fullPage: true });
}

/**
 * The application at the other end: a page that says which address was called. It listens on `address`, and is called
 * by `host`.
 */
export async function startCallback(
  address = '127.0.0.1',
  host = address,
): Promise<{ readonly url: string; readonly calls: URL[]; close(): Promise<void> }> {
  const calls: URL[] = [];
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/back') === true) calls.push(new URL(request.url, 'http://127.0.0.1'));
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(
      '<!doctype html><html lang="en"><title>Back</title><link rel="icon" href="data:,"><h1>Back</h1></html>',
    );
  });
  const { port, close } = await listenOn(server, address);
  return { url: `http://${host}:${port}/back/`, calls, close };
}
