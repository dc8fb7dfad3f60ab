import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { JobScheduler } from './scheduler.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the board of jobs', () => {
  it('says of each how its last run went', async () => {
    const failures: unknown[] = [];
    const board = new JobScheduler({ now: () => 7 }, (error) => failures.push(error));
    board.add('good', 5, async () => 3);
    board.add('bad', 60, async () => {
      throw new Error('no');
    });
    expect(board.states()).toEqual([
      { name: 'good', everySeconds: 5, lastAt: null, failed: false },
      { name: 'bad', everySeconds: 60, lastAt: null, failed: false },
    ]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(board.states()).toEqual([
      { name: 'good', everySeconds: 5, lastAt: 7, failed: false },
      { name: 'bad', everySeconds: 60, lastAt: 7, failed: true },
    ]);
    expect(failures).toEqual([new Error('no')]);
    await board.stop();
  });
});
