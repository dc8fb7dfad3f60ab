/** The clock of the test process, and waiting for what happens in the background. */
const { now } = Date;
/** In ms. */
let offset = 0;

/**
 * Moves the clock of this process forward, which the servers in it use. It is not moved back within a test file: rows
 * that were written before would be in the future.
 */
export function advanceClock(seconds: number): void {
  offset += seconds * 1000;
  Date.now = () => now() + offset;
}

/** Polls every 100 ms until `poll` returns a value, for what the server writes in the background. Fails after 10 s. */
export async function pollUntil<Result>(poll: () => Promise<Result | undefined>): Promise<Result> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const result = await poll();
    if (result !== undefined) return result;
    if (performance.now() > deadline) throw new Error('It did not happen within ten seconds');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
