/** Cleans up when the benchmark exits, even after an error or a signal. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Without a listener, a signal ends the process before its `exit` event.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

const cleanups: (() => void)[] = [];
process.once('exit', () => {
  for (const clean of cleanups.toReversed()) clean();
});

/** Registers a synchronous cleanup for the exit of the process. The last one registered runs first. */
export function atExit(clean: () => void): void {
  cleanups.push(clean);
}

/** Creates an empty directory, which is removed when the process exits. */
export function newTemporaryDirectory(purpose: string): string {
  const directory = mkdtempSync(join(tmpdir(), `insiders-${purpose}-`));
  // Retries, because a server that was just killed may still be writing.
  atExit(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));
  return directory;
}
