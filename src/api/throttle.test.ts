import { describe, expect, it } from 'vitest';
import { ApplicationThrottle } from './throttle.ts';

describe('the throttle of an application', () => {
  function admitted(throttle: ApplicationThrottle, times: number, now: number, application = 'a'): number {
    let passed = 0;
    for (let count = 0; count < times; count += 1) if (throttle.admit(application, now) === 0) passed += 1;
    return passed;
  }

  it.each([1, 7, 60, 601])('admits a burst of %d requests, and not one more', (perMinute) => {
    expect(admitted(new ApplicationThrottle(perMinute), perMinute + 5, 1_795_458_230_292)).toBe(perMinute);
  });

  it('returns the whole seconds after which the next request is admitted', () => {
    const throttle = new ApplicationThrottle(40);
    admitted(throttle, 40, 0);
    // One leaks out every 1.5 seconds.
    expect(throttle.admit('a', 0)).toBe(2);
    expect(throttle.admit('a', 1400)).toBe(1);
    expect(throttle.admit('a', 1500)).toBe(0);
    expect(throttle.admit('a', 1500)).toBe(2);
  });

  it('does not count refused requests', () => {
    const throttle = new ApplicationThrottle(60);
    admitted(throttle, 1000, 0);
    expect(admitted(throttle, 100, 10_000)).toBe(10);
  });

  it('admits one full burst after a quiet minute', () => {
    const throttle = new ApplicationThrottle(60);
    admitted(throttle, 60, 0);
    expect(admitted(throttle, 100, 3_600_000)).toBe(60);
  });

  it('counts applications separately', () => {
    const throttle = new ApplicationThrottle(1);
    expect([throttle.admit('a', 0), throttle.admit('b', 0), throttle.admit('a', 0)]).toEqual([0, 0, 60]);
  });

  it('forgets the application with the oldest request when there are too many', () => {
    const throttle = new ApplicationThrottle(1, 2);
    for (const application of ['a', 'b', 'c']) throttle.admit(application, 0);
    expect(throttle.admit('b', 1)).toBeGreaterThan(0);
    expect(throttle.admit('a', 1)).toBe(0);
  });

  it('admits requests after the clock was set back', () => {
    const throttle = new ApplicationThrottle(60);
    admitted(throttle, 60, 3_600_000);
    expect(admitted(throttle, 60, 0)).toBe(60);
  });
});
