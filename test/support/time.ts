const { now } = Date;
let ahead = 0;

/**
 * Moves the clock of this process forward, and so that of a server in it. It runs on from there and never goes back
 * within a test file: rows written before would lie in the future.
 */
export function later(seconds: number): void {
  ahead += seconds * 1000;
  Date.now = () => now() + ahead;
}

/** Polls until there is a result, for what the server writes in the background. Gives up after ten seconds. */
export async function eventually<Answer>(ask: () => Promise<Answer | undefined>): Promise<Answer> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > deadline) throw new Error('It did not happen within ten seconds');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
