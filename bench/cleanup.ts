/** Cleans up when the benchmark exits, also after an error or a signal. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Without a listener, a signal ends the process before its `exit` event.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

const cleanups: (() => void)[] = [];
process.once('exit', () => {
  for (const clean of cleanups.toReversed()) clean();
});

/** Runs `clean`, which must be synchronous, when the process exits, before what was registered earlier. */
export function atExit(clean: () => void): void {
  cleanups.push(clean);
}

/** A new and empty directory, which is removed when the process exits. */
export function newTemporaryDirectory(purpose: string): string {
  const directory = mkdtempSync(join(tmpdir(), `insiders-${purpose}-`));
  // A server that was just killed may still be writing.
  atExit(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));
  return directory;
}
