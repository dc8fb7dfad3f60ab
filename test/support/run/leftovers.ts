/** The files and processes that a test run leaves behind. */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

interface FoundProcess {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/**
 * The processes with a path below `directory` in their environment. These are the descendants of a run whose TMPDIR is
 * there, even if their parents have exited. Reads /proc: on other systems than Linux it finds none.
 */
export function processesOf(directory: string): readonly FoundProcess[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        if (!readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`=${directory}`)) return [];
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
        return [{ pid: Number(pid), parent: Number(parent), command }];
      } catch {
        // It has exited, or belongs to another user.
        return [];
      }
    });
}

/**
 * The files and processes that a run left behind, one line for each. Waits up to `graceMs` until there are none.
 * Ignores direct children of this process: the test runner stops its workers itself.
 */
export async function leftovers(directory: string, graceMs: number): Promise<readonly string[]> {
  const deadline = performance.now() + graceMs;
  for (;;) {
    const files = readdirSync(directory).map((name) => `  ${directory}/${name}`);
    const processes = processesOf(directory)
      .filter(({ parent }) => parent !== process.pid)
      .map(({ pid, command }) => `  process ${pid}: ${command}`);
    if (files.length + processes.length === 0 || performance.now() > deadline) return [...files, ...processes];
    await sleep(100);
  }
}
