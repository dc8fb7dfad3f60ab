import { describe, expect, it } from 'vitest';
import { endOfTime } from '../ports/store/devices.ts';
import { apiTime } from './times.ts';

describe('a time of the API', () => {
  it.each([
    [Date.UTC(2024, 0, 1, 6), '2024-01-01T06:00:00.000000Z'],
    [Date.UTC(2024, 1, 29, 23, 59, 59, 7), '2024-02-29T23:59:59.007000Z'],
    [0, '1970-01-01T00:00:00.000000Z'],
    [endOfTime, '2999-12-31T23:59:59Z'],
  ])('%d is written %s', (time, text) => expect(apiTime(time)).toBe(text));
});
