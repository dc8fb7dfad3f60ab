// Plain JavaScript for Node 20 or newer, because it runs before anything is installed.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { endLike, launch } from '../bin/launch.mjs';
import { isSupported, packagedNode } from '../bin/packaged-node.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** The memory flags of Node for the product: see bin/insiders.mjs. */
export const memory = ['--max-semi-space-size=4', '--heap-growing-percent=50'];

/** The arguments of Node to run the product. */
export const product = [...memory, 'bin/insiders.mjs'];

/**
 * Installs the packages if they are missing or outdated, and builds. Ends this process if there is no Node that can run
 * the program.
 * @returns the file of the Node to run it with: the packaged one, or this one on a platform without
 */
export async function prepare() {
  if (!isInstalled()) {
    process.stderr.write('Installing packages (once, about half a minute) …\n');
    // Otherwise npm leaves a compile cache in the system's temporary directory.
    const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' };
    await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { env });
    writeFileSync(stamp, lockText());
  }
  const node = existsSync(packagedNode) ? packagedNode : process.execPath;
  if (node === process.execPath && !isSupported) {
    process.stderr.write('There is no packaged Node for this platform; install Node 22.18 or newer.\n');
    process.exit(1);
  }
  await run(node, ['scripts/build.mjs']);
  return node;
}

const stamp = `${root}node_modules/.installed`;

function lockText() {
  return readFileSync(`${root}package-lock.json`, 'utf8');
}

/** Whether this script or npm installed the packages of the current lock file. */
function isInstalled() {
  if (existsSync(stamp)) return readFileSync(stamp, 'utf8') === lockText();
  const npmLock = `${root}node_modules/.package-lock.json`;
  return existsSync(npmLock) && statSync(npmLock).mtimeMs >= statSync(`${root}package-lock.json`).mtimeMs;
}

/** Runs a program in the project folder. If it fails, ends this process with its exit code or signal. */
export async function run(program, args, options = {}) {
  try {
    const ended = await launch(program, args, { cwd: root, ...options });
    if (ended.code !== 0) endLike(ended);
  } catch (error) {
    process.stderr.write(`${program} can't be run: ${error.message}\n`);
    process.exit(1);
  }
}
