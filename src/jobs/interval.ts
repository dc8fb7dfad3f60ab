/** A job that is repeated until it is stopped. */
export interface RepeatedJob {
  /** Starts no further run, and resolves when the current one has ended. */
  stop(): Promise<void>;
}

/**
 * Runs `job` every `seconds`, never twice at a time: an interval in which the previous run has not ended is skipped.
 * The error of a failed run goes to `onError`, and the job runs again at the next interval.
 */
export function repeatEvery(seconds: number, job: () => Promise<void>, onError: (error: unknown) => void): RepeatedJob {
  let running: Promise<void> | undefined;
  const run = () => {
    running ??= job()
      .catch(onError)
      .finally(() => {
        running = undefined;
      });
  };
  const timer = setInterval(run, seconds * 1000);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
