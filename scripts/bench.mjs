// npm run bench, npm run bench:console: install and build what is missing, then measure, with the load on a core of its own.
import { spawnSync } from 'node:child_process';
import { node, prepare, run } from './install.mjs';

prepare();
const program = process.argv[2] === 'console' ? 'bench/console.ts' : 'bench/run.ts';
const canPin = spawnSync('taskset', ['--version']).status === 0;
if (canPin && program === 'bench/run.ts') run('taskset', ['-c', '1', node, program]);
else run(node, [program]);
