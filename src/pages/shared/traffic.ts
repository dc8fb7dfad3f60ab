import type { DayOfTraffic } from '../../ports/store/index.ts';

const dayMs = 86_400_000;

/** Days since 1970, UTC. */
export function today(now: number): number {
  return Math.floor(now / dayMs);
}

/** Thirty days up to and with `day`, oldest first; a day without requests is there too. */
export function lastDays(known: readonly DayOfTraffic[], day: number): readonly DayOfTraffic[] {
  return Array.from({ length: 30 }, (_, index) => {
    const wanted = day - 29 + index;
    return known.find((each) => each.day === wanted) ?? { day: wanted, requests: 0, errors: 0 };
  });
}
