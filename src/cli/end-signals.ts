/**
 * Milliseconds after the first signal in which another one counts as a copy of it: on Ctrl-C the terminal signals every
 * process of the command, and npm and the launcher pass their copies on.
 */
const copyMs = 500;

/** The signals that end a server gracefully. close-with-grace handles the other ones, and uncaught errors. */
export const endSignals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/**
 * Calls `end` at the first termination signal and `endAtOnce` at the second, which a person sends who does not want to
 * wait. SIGHUP never counts as the second: the process sends it to itself when its parent has ended
 * (`hangUpWithParent`), and the parent may have ended by the first signal.
 */
export function onEndSignal(end: () => void, endAtOnce: () => void): void {
  let firstAt: number | undefined;
  const handle = (signal: NodeJS.Signals) => {
    if (firstAt === undefined) {
      firstAt = performance.now();
      end();
    } else if (signal !== 'SIGHUP' && performance.now() - firstAt > copyMs) endAtOnce();
  };
  for (const signal of endSignals) process.on(signal, handle);
}
