/** How long, in ms, an answer is remembered: anybody may ask, and the question writes to the database. */
const rememberedMs = 1000;

/** Runs `examine` at most once per second. Requests in between get the result of the last run. */
export function remembering(examine: () => Promise<void>): () => Promise<void> {
  let answer: Promise<void> | undefined;
  let until = 0;
  return () => {
    if (answer !== undefined && performance.now() < until) return answer;
    until = Number.POSITIVE_INFINITY;
    answer = examine().finally(() => {
      until = performance.now() + rememberedMs;
    });
    return answer;
  };
}
