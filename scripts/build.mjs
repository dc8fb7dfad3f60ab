// npm run build: bundles the program into a few files in dist/, which start in two thirds of the time that the sources
// need. Types are checked by npm test, not here.
import { rmSync } from 'node:fs';
import { build } from 'rolldown';
import { root } from './install.mjs';
import { thirdPartyNotices } from './notices.mjs';

/** The entry points: the command line, and the writer thread of the embedded database. */
const input = { insiders: 'src/cli/index.ts', worker: 'src/storage/sqlite/worker.ts' };

/** Packages that are not bundled, because they load files next to their own. */
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
