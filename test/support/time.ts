import { afterEach, vi } from 'vitest';

/** Turns the clock of this process, and so of a server in it, forward. Only the clock: timers run on. Undone after each test. */
export function later(seconds: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 });
}

/** Call once in a suite that turns the clock. */
export function restoreClockAfterEach(): void {
  afterEach(() => {
    vi.useRealTimers();
  });
}
