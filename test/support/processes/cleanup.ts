/** Cleanup after a test file, whether its tests pass or fail. */
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

/** Runs `clean` after the last test of the file. Callbacks run in reverse order of registration. */
export function afterFile(clean: () => unknown): void {
  cleanups.push(clean);
}

/** Creates an empty directory, which is removed with its content after the last test of the file. */
export function newTemporaryDirectory(purpose: string): string {
  const directory = mkdtempSync(join(tmpdir(), `${purpose}-`));
  // Retries: a program that was just killed may still write.
  afterFile(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));
  return directory;
}
