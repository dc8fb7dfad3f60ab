// npm run bench, npm run bench:console: install and build what is missing, then measure, with the load on a core of its own.
import { spawnSync } from 'node:child_process';
import { node, prepare, run } from './install.mjs';

prepare();
const [, , first, ...rest] = process.argv;
const canPin = spawnSync('taskset', ['--version']).status === 0;
if (first === 'console') run(node, ['bench/console.ts', ...rest]);
else run(canPin ? 'taskset' : node, [...(canPin ? ['-c', '1', node] : []), 'bench/run.ts', ...process.argv.slice(2)]);
