// Plain JavaScript for any Node from 20 on: it runs before anything is installed.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { endLike, launch } from '../bin/launch.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));
/** The Node that the package brings. */
export const node = `${root}node_modules/.bin/node`;

/** How Node keeps its memory when it runs the product: see bin/insiders.mjs. */
export const memory = ['--max-semi-space-size=4', '--heap-growing-percent=50'];

/** What Node is given to run the product. */
export const product = [...memory, 'bin/insiders.mjs'];

/** Installs what is missing, and builds. */
export async function prepare() {
  if (!isInstalled()) {
    process.stderr.write('Installing what is needed (once, about half a minute) …\n');
    // npm would keep its compiled code in the system's temporary directory.
    const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' };
    await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { env });
    writeFileSync(stamp, lockText());
  }
  await run(node, ['scripts/build.mjs']);
}

const stamp = `${root}node_modules/.installed`;

function lockText() {
  return readFileSync(`${root}package-lock.json`, 'utf8');
}

/** By this script or by npm, from the lock file as it is now. */
function isInstalled() {
  if (!existsSync(node)) return false;
  if (existsSync(stamp)) return readFileSync(stamp, 'utf8') === lockText();
  const own = `${root}node_modules/.package-lock.json`;
  return existsSync(own) && statSync(own).mtimeMs >= statSync(`${root}package-lock.json`).mtimeMs;
}

/** Runs a program in the project; if it fails, so does this. */
export async function run(program, args, options = {}) {
  try {
    const ended = await launch(program, args, { cwd: root, ...options });
    if (ended.code !== 0) endLike(ended);
  } catch (error) {
    process.stderr.write(`${program} can't be run: ${error.message}\n`);
    process.exit(1);
  }
}
