// npm test: installs the packages if they are missing, builds, and checks style, unused exports, types and all tests.
// Arguments go to the test runner.
import { prepare, run } from './install.mjs';

const node = await prepare();
await run(node, ['node_modules/.bin/biome', 'check', '.']);
await run(node, ['node_modules/.bin/knip']);
await run(node, ['node_modules/.bin/tsc', '-p', 'tsconfig.json']);
await run(node, ['node_modules/.bin/vitest', 'run', ...process.argv.slice(2)]);
