/**
 * Milliseconds in which a second signal counts as a copy of the first: on Ctrl-C the terminal signals every process of
 * the command, and npm and the launcher pass on theirs.
 */
const copyMs = 500;

/** Signals after which a server ends; other ones, and errors, are left to close-with-grace. */
export const endSignals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/**
 * Calls `end` at the first termination signal and `endAtOnce` at the second, from somebody who does not want to wait.
 * SIGHUP never counts as the second: the process sends it to itself when its starter is gone, and the first signal may
 * have ended that.
 */
export function onEndSignal(end: () => void, endAtOnce: () => void): void {
  let firstAt: number | undefined;
  const hear = (signal: NodeJS.Signals) => {
    if (firstAt === undefined) {
      firstAt = performance.now();
      end();
    } else if (signal !== 'SIGHUP' && performance.now() - firstAt > copyMs) endAtOnce();
  };
  for (const signal of endSignals) process.on(signal, hear);
}
