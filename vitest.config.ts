import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
    globalSetup: ['test/support/run/setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Each store in a test starts a thread from TypeScript sources. The compile cache stores them with types stripped.
    env: { NODE_COMPILE_CACHE: fileURLToPath(new URL('node_modules/.cache/tests', import.meta.url)) },
    // Node strips types with WebAssembly. V8 13.6 can crash when several threads tier up the same wrapper between
    // WebAssembly and JavaScript ("Check failed: jit_page.has_value()"). This budget prevents the tier-up.
    execArgv: ['--wasm-wrapper-tiering-budget=1000000000'],
  },
});
