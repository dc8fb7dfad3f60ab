import { endOfTime } from '../ports/store/devices.ts';

/**
 * Formats a time (ms) for the API: ISO 8601 in UTC with six decimals; the open end of an ownership without decimals.
 */
export function apiTime(time: number): string {
  if (time === endOfTime) return '2999-12-31T23:59:59Z';
  // Times are stored in milliseconds, so the last three digits are always zero.
  return `${new Date(time).toISOString().slice(0, -1)}000Z`;
}
