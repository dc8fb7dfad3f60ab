import { endOfTime } from '../ports/store/devices.ts';

/** How the API writes a time: ISO 8601 in UTC with six decimals, and the open end of an ownership without any. */
export function apiTime(time: number): string {
  if (time === endOfTime) return '2999-12-31T23:59:59Z';
  // Milliseconds are all we keep; the other three digits are always zero.
  return `${new Date(time).toISOString().slice(0, -1)}000Z`;
}
