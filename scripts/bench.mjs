// npm run bench, npm run bench:console: installs the packages if they are missing, builds, and measures. The load of
// npm run bench runs on a core of its own.
import { spawnSync } from 'node:child_process';
import { prepare, run } from './install.mjs';

const node = await prepare();
const [, , first, ...rest] = process.argv;
const canPin = spawnSync('taskset', ['--version']).status === 0;
if (first === 'console') await run(node, ['bench/console.ts', ...rest]);
else {
  const pinned = canPin ? ['taskset', '-c', '1', node] : [node];
  const [program, ...programArgs] = pinned;
  await run(program, [...programArgs, 'bench/run.ts', ...process.argv.slice(2)]);
}
