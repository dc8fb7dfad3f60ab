/** Cleans up after a test file, whether its tests passed or not. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const cleanups: (() => unknown)[] = [];

// Vitest runs afterAll hooks in reverse order, so those of the test file itself come before this one.
afterAll(async () => {
  const results = [];
  for (const clean of cleanups.splice(0).reverse()) results.push(...(await Promise.allSettled([clean()])));
  const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (reasons.length > 0) throw new AggregateError(reasons, `Cleaning up failed: ${reasons.join('; ')}`);
});

/** Runs `clean` after the last test of the file, before what was registered earlier. */
export function afterFile(clean: () => unknown): void {
  cleanups.push(clean);
}

/** A new and empty directory, which is removed with all that is in it after the last test of the file. */
export function newTemporaryDirectory(purpose: string): string {
  const directory = mkdtempSync(join(tmpdir(), `${purpose}-`));
  // A program that was just killed may still be writing.
  afterFile(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));
  return directory;
}
