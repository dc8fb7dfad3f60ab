import type { Clock } from '../ports/clock.ts';
import type { JobState } from '../ports/job-state.ts';
import { type RepeatedJob, repeatEvery } from './interval.ts';

/** Runs the repeated jobs of this node, and records the result of the last run of each. `onError` gets their errors. */
export class JobScheduler {
  readonly #clock: Clock;
  readonly #onError: (error: unknown) => void;
  readonly #jobs: RepeatedJob[] = [];
  readonly #states = new Map<string, JobState>();

  constructor(clock: Clock, onError: (error: unknown) => void) {
    this.#clock = clock;
    this.#onError = onError;
  }

  /** Starts a job. It runs first after `everySeconds`. */
  add(name: string, everySeconds: number, job: () => Promise<unknown>): void {
    const record = (failed: boolean) =>
      this.#states.set(name, { name, everySeconds, lastAt: this.#clock.now(), failed });
    this.#states.set(name, { name, everySeconds, lastAt: null, failed: false });
    const run = async () => {
      await job();
      record(false);
    };
    const failed = (error: unknown) => {
      record(true);
      this.#onError(error);
    };
    this.#jobs.push(repeatEvery(everySeconds, run, failed));
  }

  states(): readonly JobState[] {
    return [...this.#states.values()];
  }

  /** Stops all jobs, and resolves when the current runs have ended. */
  async stop(): Promise<void> {
    await Promise.all(this.#jobs.map((job) => job.stop()));
  }
}
