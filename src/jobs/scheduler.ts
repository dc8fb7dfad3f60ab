import type { Clock } from '../ports/clock.ts';
import type { JobState } from '../ports/job-state.ts';
import { type RepeatedJob, repeatEvery } from './interval.ts';

/** All repeated jobs of this node, and how the last run of each went. */
export class JobScheduler {
  readonly #clock: Clock;
  readonly #failed: (error: unknown) => void;
  readonly #jobs: RepeatedJob[] = [];
  readonly #states = new Map<string, JobState>();

  constructor(clock: Clock, failed: (error: unknown) => void) {
    this.#clock = clock;
    this.#failed = failed;
  }

  add(name: string, everySeconds: number, job: () => Promise<unknown>): void {
    const note = (failed: boolean) => this.#states.set(name, { name, everySeconds, lastAt: this.#clock.now(), failed });
    this.#states.set(name, { name, everySeconds, lastAt: null, failed: false });
    const run = async () => {
      await job();
      note(false);
    };
    const failed = (error: unknown) => {
      note(true);
      this.#failed(error);
    };
    this.#jobs.push(repeatEvery(everySeconds, run, failed));
  }

  states(): readonly JobState[] {
    return [...this.#states.values()];
  }

  async stop(): Promise<void> {
    await Promise.all(this.#jobs.map((job) => job.stop()));
  }
}
