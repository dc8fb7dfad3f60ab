import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
    globalSetup: ['test/support/run/setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Each store of a test starts a thread from its sources; with the cache their types are taken off once, not each
    // time.
    env: { NODE_COMPILE_CACHE: fileURLToPath(new URL('node_modules/.cache/tests', import.meta.url)) },
    // What takes the types off is WebAssembly. Where several threads run the same, V8 13.6 can crash when it compiles
    // the way from there to JavaScript again, because that was used often ("Check failed: jit_page.has_value()"): it
    // never does.
    execArgv: ['--wasm-wrapper-tiering-budget=1000000000'],
  },
});
