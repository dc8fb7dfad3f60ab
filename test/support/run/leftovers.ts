import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

interface Found {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/**
 * Processes with a path below `directory` in their environment: descendants of a run whose TMPDIR is there, also when
 * their parents have exited. Reads /proc, so it finds none on systems other than Linux.
 */
export function processesOf(directory: string): readonly Found[] {
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
 * The files and processes that a run left behind, as lines for a person. Waits up to `settleMs` for them to go away.
 * Ignores direct children of this process: the workers of the test runner, which it stops by itself.
 */
export async function leftovers(directory: string, settleMs: number): Promise<readonly string[]> {
  const deadline = performance.now() + settleMs;
  for (;;) {
    const files = readdirSync(directory).map((name) => `  ${directory}/${name}`);
    const processes = processesOf(directory)
      .filter(({ parent }) => parent !== process.pid)
      .map(({ pid, command }) => `  process ${pid}: ${command}`);
    if (files.length + processes.length === 0 || performance.now() > deadline) return [...files, ...processes];
    await sleep(100);
  }
}
