import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** npm run mutation: see scripts/mutation.mjs. */
export default {
  mutate: ['src/{oauth,accounts}/**/*.ts', '!src/**/*.test.ts'],
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'vitest.unit.config.ts' },
  // Stryker would rewrite the paths in it with the API of TypeScript, which TypeScript 7 does not have.
  tsconfigFile: 'none',
  ignorePatterns: ['/data', '/dist'],
  // Code that runs once, when a file is loaded: each of its mutants would need all tests in a process of its own.
  ignoreStatic: true,
  // Outside the project: Biome and TypeScript would check the copies in it, and Vitest runs nothing in node_modules/.
  tempDirName: join(tmpdir(), 'insiders-mutation'),
  reporters: ['progress-append-only', 'clear-text', 'json'],
  clearTextReporter: { logTests: false, reportTests: false, allowEmojis: false },
  jsonReporter: { fileName: 'node_modules/.cache/mutation.json' },
};
