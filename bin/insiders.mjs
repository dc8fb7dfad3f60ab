#!/usr/bin/env -S node --max-semi-space-size=4 --heap-growing-percent=50
// Starts the command line. A Node older than 22.18 starts the packaged Node instead.
// The flags keep the heap small: the garbage of requests is small and short-lived, and these make it collected early.
// Without them the process needs half as much memory again, and is not faster.
import { existsSync } from 'node:fs';
// The default import, because an older Node lacks enableCompileCache and must still reach the message below.
import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { endLike, hangUpWithParent, launch, launcherEnvironment } from './launch.mjs';
import { isSupported, packagedNode } from './packaged-node.mjs';

const program = new URL('../dist/insiders.js', import.meta.url);

if (!isSupported && existsSync(packagedNode)) {
  hangUpWithParent();
  const args = [...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  endLike(await launch(packagedNode, args, { env: launcherEnvironment }));
} else if (!isSupported) {
  process.stderr.write(`insiders needs Node 22.18 or newer, and this is ${process.version}; run npm ci first.\n`);
  process.exitCode = 1;
} else if (!existsSync(program)) {
  process.stderr.write('insiders is not built yet; run npm run build first.\n');
  process.exitCode = 1;
} else {
  hangUpWithParent();
  // Cache compiled code in node_modules/ for faster starts.
  module.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/insiders', import.meta.url)));
  const { run } = await import(program.href);
  await run(process.argv.slice(2));
}
