import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { repeatEvery } from './interval.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const ignore = () => undefined;

describe('a repeated job', () => {
  it('runs at each interval, first when one has passed', async () => {
    const job = vi.fn(async () => undefined);
    const repeated = repeatEvery(10, job, ignore);
    expect(job).toHaveBeenCalledTimes(0);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(job).toHaveBeenCalledTimes(3);
    await repeated.stop();
  });

  it('never runs twice at a time', async () => {
    const runs: (() => void)[] = [];
    const repeated = repeatEvery(1, () => new Promise<void>((done) => runs.push(done)), ignore);
    await vi.advanceTimersByTimeAsync(5000);
    expect(runs).toHaveLength(1);
    runs[0]?.();
    await vi.advanceTimersByTimeAsync(1000);
    expect(runs).toHaveLength(2);
    runs[1]?.();
    await repeated.stop();
  });

  it('that fails is reported, and runs again', async () => {
    const failures: unknown[] = [];
    const error = new Error('away');
    const repeated = repeatEvery(
      1,
      () => Promise.reject(error),
      (failure) => void failures.push(failure),
    );
    await vi.advanceTimersByTimeAsync(2000);
    expect(failures).toEqual([error, error]);
    await repeated.stop();
  });

  it('that is stopped finishes the current run, and starts no other', async () => {
    const steps: string[] = [];
    let finish = () => {};
    const job = vi.fn(() => new Promise<void>((done) => (finish = done)).then(() => void steps.push('ended')));
    const repeated = repeatEvery(1, job, ignore);
    await vi.advanceTimersByTimeAsync(1000);
    const stopped = repeated.stop().then(() => steps.push('stopped'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(steps).toEqual([]);
    finish();
    await stopped;
    expect(steps).toEqual(['ended', 'stopped']);
    expect(job).toHaveBeenCalledTimes(1);
  });

  it('does not keep the program running', async () => {
    vi.useRealTimers();
    const set = vi.spyOn(globalThis, 'setInterval');
    const repeated = repeatEvery(10, async () => undefined, ignore);
    expect(set.mock.results[0]?.value.hasRef()).toBe(false);
    await repeated.stop();
  });
});
