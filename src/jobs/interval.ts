/** A job that is repeated until it is stopped. */
export interface RepeatedJob {
  /** Lets a run that is under way end, and starts no other. */
  stop(): Promise<void>;
}

/**
 * Runs `job` every `seconds`, never twice at a time. A failed run is handed to `failed` and tried again at the next
 * interval: a database that is away for a while stops nothing.
 */
export function repeatEvery(seconds: number, job: () => Promise<void>, failed: (error: unknown) => void): RepeatedJob {
  let running: Promise<void> | undefined;
  const turn = () => {
    running ??= job()
      .catch(failed)
      .finally(() => {
        running = undefined;
      });
  };
  const timer = setInterval(turn, seconds * 1000);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
