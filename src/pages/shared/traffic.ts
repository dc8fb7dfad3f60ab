import type { DayOfTraffic } from '../../ports/store/index.ts';

const dayMs = 86_400_000;

/** Days since 1970, UTC. */
export function today(now: number): number {
  return Math.floor(now / dayMs);
}

/** The thirty days that end with `day`, oldest first. Days without traffic are filled in with zeros. */
export function lastDays(known: readonly DayOfTraffic[], day: number): readonly DayOfTraffic[] {
  return Array.from({ length: 30 }, (_, index) => {
    const date = day - 29 + index;
    return known.find((each) => each.day === date) ?? { day: date, requests: 0, errors: 0 };
  });
}
