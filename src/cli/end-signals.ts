/**
 * A signal within so many ms of the first is taken for a copy of it: on Ctrl-C the terminal signals every process of the
 * command, and npm and the launcher pass on what they get.
 */
const copyMs = 500;

/** Signals after which a server ends; other ones, and errors, are left to close-with-grace. */
export const endSignals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/**
 * Calls `end` at the first signal to end, and `endAtOnce` when somebody signals again because that takes them too long.
 * SIGHUP never counts as the second: the process sends it to itself when its starter is gone, which the first one may have
 * brought about.
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
