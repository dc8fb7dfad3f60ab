import { describe, expect, it } from 'vitest';
import { purge } from './purge.ts';

const clock = { now: () => 1_700_000_000_000 };

/** A database in which so many rows can go. */
function database(rows: number) {
  const asked: { now: number; limit: number }[] = [];
  let left = rows;
  return {
    asked,
    purge: async (now: number, limit: number) => {
      asked.push({ now, limit });
      const gone = Math.min(left, limit);
      left -= gone;
      return gone;
    },
  };
}

describe('the purge', () => {
  it('goes on in batches until nothing is left, and answers how much that was', async () => {
    const maintenance = database(1200);
    expect(await purge(maintenance, clock)).toBe(1200);
    expect(maintenance.asked).toEqual(Array(4).fill({ now: clock.now(), limit: 500 }));
  });

  it('asks once where nothing can go', async () => {
    const maintenance = database(0);
    expect(await purge(maintenance, clock)).toBe(0);
    expect(maintenance.asked).toHaveLength(1);
  });

  it('leaves the rest for the next time', async () => {
    const maintenance = database(1_000_000);
    expect(await purge(maintenance, clock, 3)).toBe(1500);
    expect(maintenance.asked).toHaveLength(3);
  });

  it('fails when the database does', async () => {
    const away = { purge: () => Promise.reject(new Error('away')) };
    await expect(purge(away, clock)).rejects.toThrow('away');
  });
});
