// npm run bench: install and build what is missing, then measure, with the load on a core of its own.
import { spawnSync } from 'node:child_process';
import { node, prepare, run } from './install.mjs';

prepare();
const canPin = spawnSync('taskset', ['--version']).status === 0;
if (canPin) run('taskset', ['-c', '1', node, 'bench/run.ts']);
else run(node, ['bench/run.ts']);
