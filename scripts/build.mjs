// npm run build: the program as a few files in dist/. What is not loaded file by file starts in two thirds of the time.
// Types are not checked here but by npm test.
import { rmSync } from 'node:fs';
import { build } from 'rolldown';
import { root } from './install.mjs';
import { thirdPartyNotices } from './notices.mjs';

/** Programs of their own: the command line, and the thread that writes to the embedded database. */
const input = { insiders: 'src/cli/index.ts', worker: 'src/storage/sqlite/worker.ts' };

/** Left in node_modules/: they look for files beside themselves. */
const external = [/^@node-rs\/argon2/, /^pg$/];

rmSync(`${root}dist`, { recursive: true, force: true });
await build({
  cwd: root,
  input,
  external,
  platform: 'node',
  tsconfig: 'tsconfig.json',
  plugins: [thirdPartyNotices],
  output: { dir: 'dist', sourcemap: true, chunkFileNames: '[name]-[hash].js' },
});
