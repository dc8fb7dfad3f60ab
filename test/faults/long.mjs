// The long run of the faults: each server is killed 20 times (or ROUNDS times), with progress.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', 'test/faults'], {
  cwd: root,
  stdio: 'inherit',
  env: { ROUNDS: '20', ...process.env },
});
process.exit(status ?? 1);
