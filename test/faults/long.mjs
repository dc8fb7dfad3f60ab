// The long run of the fault tests: 20 rounds each (or ROUNDS), with progress on standard output.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', 'test/faults'], {
  cwd: root,
  stdio: 'inherit',
  env: { ROUNDS: '20', ...process.env },
});
process.exit(status ?? 1);
