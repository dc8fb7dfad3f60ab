import { defineConfig } from 'vitest/config';

/** npm run test:unit: the tests of what is pure, without a build, a database or a browser. */
export default defineConfig({
  test: {
    include: ['src/{oauth,accounts,applications,devices,mail,use-cases,audit,config}/**/*.test.{ts,tsx}'],
    // All files share one process for each processor: a process for each file costs more than its tests. What is tested
    // keeps nothing between two calls, so no file can change what another finds.
    isolate: false,
  },
});
