import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `npm run mutation`: see scripts/mutation.mjs. */
export default {
  mutate: ['src/{oauth,accounts}/**/*.ts', '!src/**/*.test.ts'],
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'vitest.unit.config.ts' },
  // Stryker rewrites tsconfig files with the compiler API, which TypeScript 7 does not have.
  tsconfigFile: 'none',
  ignorePatterns: ['/data', '/dist'],
  // Static mutants are in code that runs once, when a file is loaded: each needs a run of all tests in a new process.
  ignoreStatic: true,
  // Outside the project, because Biome and TypeScript would check the copies. Vitest runs no tests in node_modules/.
  tempDirName: join(tmpdir(), 'insiders-mutation'),
  reporters: ['progress-append-only', 'clear-text', 'json'],
  clearTextReporter: { logTests: false, reportTests: false, allowEmojis: false },
  jsonReporter: { fileName: 'node_modules/.cache/mutation.json' },
};
