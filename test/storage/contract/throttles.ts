import { describe, expect, it } from 'vitest';
import { inParallel, minute, now, tally, unique } from './fixtures.ts';
import type { Open } from './index.ts';

export function throttlesContract(open: Open): void {
  const newBucket = (burst = 3) => ({ key: unique(), burst, leakMs: minute });
  const none = { refund: [], empty: [], trust: [], trustUntil: 0, now };

  describe('throttles', () => {
    it('start again empty after the clock was set back far', async () => {
      const store = await open();
      const bucket = { key: unique(), burst: 2, leakMs: minute };
      await store.throttles.admit([bucket], now + 60 * minute);
      expect(await store.throttles.admit([bucket], now)).toEqual({ outcome: 'admitted' });
      expect(await store.throttles.admit([bucket], now)).toEqual({ outcome: 'admitted' });
      expect(await store.throttles.admit([bucket], now)).toMatchObject({ outcome: 'throttled', retryAt: now + minute });
    });

    it('admit exactly the burst out of 50 parallel calls', async () => {
      const { throttles } = await open();
      const bucket = newBucket(7);
      const outcomes = await inParallel(50, () => throttles.admit([bucket], now));
      expect(tally(outcomes.map(({ outcome }) => outcome))).toEqual({ admitted: 7, throttled: 43 });
    });

    it('return the exact time at which the next attempt is admitted', async () => {
      const { throttles } = await open();
      const bucket = newBucket(2);
      await throttles.admit([bucket], now);
      await throttles.admit([bucket], now + 1000);
      const refused = { outcome: 'throttled', key: bucket.key, retryAt: now + minute };
      expect(await throttles.admit([bucket], now + 2000)).toEqual(refused);
      expect(await throttles.admit([bucket], now + minute - 1)).toEqual(refused);
      expect(await throttles.admit([bucket], now + minute)).toEqual({ outcome: 'admitted' });
      expect(await throttles.admit([bucket], now + minute)).toMatchObject({ retryAt: now + 2 * minute });
    });

    it('add to all buckets or to none', async () => {
      const { throttles } = await open();
      const [narrow, wide] = [newBucket(1), newBucket(3)];
      await throttles.admit([narrow], now);
      for (const order of [
        [narrow, wide],
        [wide, narrow],
      ]) {
        expect(await throttles.admit(order, now)).toMatchObject({ outcome: 'throttled', key: narrow.key });
      }
      const outcomes = await inParallel(4, () => throttles.admit([wide], now));
      expect(tally(outcomes.map(({ outcome }) => outcome))).toEqual({ admitted: 3, throttled: 1 });
    });

    it('return the bucket that is full for the longest time', async () => {
      const { throttles } = await open();
      const [short, long] = [newBucket(1), { ...newBucket(1), leakMs: 10 * minute }];
      await throttles.admit([short, long], now);
      const refused = { outcome: 'throttled', key: long.key, retryAt: now + 10 * minute };
      expect(await throttles.admit([short, long], now)).toEqual(refused);
      expect(await throttles.admit([long, short], now)).toEqual(refused);
    });

    it('take refunds out, down to empty', async () => {
      const { throttles } = await open();
      const bucket = newBucket(2);
      await throttles.admit([bucket], now);
      await throttles.admit([bucket], now);
      await throttles.recordOutcome({ ...none, refund: [bucket, newBucket()] });
      expect(await throttles.admit([bucket], now)).toEqual({ outcome: 'admitted' });
      expect(await throttles.admit([bucket], now)).toMatchObject({ outcome: 'throttled' });
      await throttles.recordOutcome({ ...none, refund: Array(9).fill(bucket) });
      const outcomes = await inParallel(3, () => throttles.admit([bucket], now));
      expect(tally(outcomes.map(({ outcome }) => outcome))).toEqual({ admitted: 2, throttled: 1 });
    });

    it('empty a bucket at once', async () => {
      const { throttles } = await open();
      const bucket = newBucket(2);
      await inParallel(2, () => throttles.admit([bucket], now));
      await throttles.recordOutcome({ ...none, empty: [bucket.key, unique()] });
      const outcomes = await inParallel(3, () => throttles.admit([bucket], now));
      expect(tally(outcomes.map(({ outcome }) => outcome))).toEqual({ admitted: 2, throttled: 1 });
    });

    it('admit everything while the other bucket is trusted, without counting it', async () => {
      const { throttles } = await open();
      const trusted = unique();
      const bucket = { ...newBucket(1), unlessTrusted: trusted };
      await throttles.recordOutcome({ ...none, trust: [trusted], trustUntil: now + minute });
      await throttles.recordOutcome({ ...none, trust: [trusted], trustUntil: now + 1 });
      for (const time of [now, now, now + minute - 1, now + minute]) {
        expect(await throttles.admit([bucket], time)).toEqual({ outcome: 'admitted' });
      }
      expect(await throttles.admit([bucket], now + minute)).toMatchObject({ outcome: 'throttled' });
    });

    it('accept a leak that is not a whole number of milliseconds', async () => {
      const { throttles } = await open();
      const bucket = { key: unique(), burst: 1, leakMs: minute / 7 };
      expect(await throttles.admit([bucket], now)).toEqual({ outcome: 'admitted' });
      expect(await throttles.admit([bucket], now)).toMatchObject({ retryAt: now + 8572 });
    });
  });
}
