#!/usr/bin/env -S node --max-semi-space-size=4 --heap-growing-percent=50
// Runs the command line on the Node that this package brings, whatever Node started it.
// The flags keep the heap small: what requests leave behind is small and short-lived, and is collected early; with more
// room the process gets half as large again, and no faster.
import { existsSync } from 'node:fs';
// As a whole, because an older Node has only a part of it, and must get to the sentence below.
import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { endLike, hangUpWithStarter, launch, launchedByThis } from './launch.mjs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const newEnough = major > 22 || (major === 22 && minor >= 18);
const own = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));
const built = new URL('../dist/insiders.js', import.meta.url);

if (!newEnough && existsSync(own)) {
  hangUpWithStarter();
  const again = [...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  endLike(await launch(own, again, { env: launchedByThis }));
} else if (!newEnough) {
  process.stderr.write(`insiders needs Node 22.18 or newer, and this is ${process.version}; run npm ci first.\n`);
  process.exitCode = 1;
} else if (!existsSync(built)) {
  process.stderr.write('insiders is not built yet; run npm run build first.\n');
  process.exitCode = 1;
} else {
  hangUpWithStarter();
  // Compiled code is kept beside the packages, so that the next start is quick.
  module.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/insiders', import.meta.url)));
  const { run } = await import(built.href);
  await run(process.argv.slice(2));
}
