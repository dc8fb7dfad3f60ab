/** How long, in ms, a result is reused: anybody may call `/readyz`, and each check writes to the database. */
const reuseMs = 1000;

/** Wraps `check` so that it runs at most once per second. Calls in between get the result of the last run. */
export function atMostOncePerSecond(check: () => Promise<void>): () => Promise<void> {
  let result: Promise<void> | undefined;
  let reuseUntil = 0;
  return () => {
    if (result !== undefined && performance.now() < reuseUntil) return result;
    reuseUntil = Number.POSITIVE_INFINITY;
    result = check().finally(() => {
      reuseUntil = performance.now() + reuseMs;
    });
    return result;
  };
}
