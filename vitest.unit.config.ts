import { defineConfig } from 'vitest/config';

/** `npm run test:unit`: the unit tests, without a build, a database or a browser. */
export default defineConfig({
  test: {
    include: ['src/{oauth,accounts,applications,devices,mail,use-cases,audit,config}/**/*.test.{ts,tsx}'],
    // Test files share processes: a process for each file costs more time than its tests. The tested modules have no
    // state between calls, so no file affects another.
    isolate: false,
  },
});
