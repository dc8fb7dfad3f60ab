import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { JobScheduler } from './scheduler.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the scheduler of jobs', () => {
  it('reports the result of the last run of each job', async () => {
    const failures: unknown[] = [];
    const scheduler = new JobScheduler({ now: () => 7 }, (error) => failures.push(error));
    scheduler.add('succeeding', 5, async () => 3);
    scheduler.add('failing', 60, async () => {
      throw new Error('no');
    });
    expect(scheduler.states()).toEqual([
      { name: 'succeeding', everySeconds: 5, lastAt: null, failed: false },
      { name: 'failing', everySeconds: 60, lastAt: null, failed: false },
    ]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(scheduler.states()).toEqual([
      { name: 'succeeding', everySeconds: 5, lastAt: 7, failed: false },
      { name: 'failing', everySeconds: 60, lastAt: 7, failed: true },
    ]);
    expect(failures).toEqual([new Error('no')]);
    await scheduler.stop();
  });
});
