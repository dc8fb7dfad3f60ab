import { describe, expect, it } from 'vitest';
import { purge } from './purge.ts';

const clock = { now: () => 1_700_000_000_000 };

/** A database with so many expired rows. */
function database(rows: number) {
  const calls: { now: number; limit: number }[] = [];
  let left = rows;
  return {
    calls,
    purge: async (now: number, limit: number) => {
      calls.push({ now, limit });
      const deleted = Math.min(left, limit);
      left -= deleted;
      return deleted;
    },
  };
}

describe('the purge', () => {
  it('deletes in batches until nothing is left, and returns the number of rows', async () => {
    const maintenance = database(1200);
    expect(await purge(maintenance, clock)).toBe(1200);
    expect(maintenance.calls).toEqual(Array(4).fill({ now: clock.now(), limit: 500 }));
  });

  it('calls the store once when there is nothing to delete', async () => {
    const maintenance = database(0);
    expect(await purge(maintenance, clock)).toBe(0);
    expect(maintenance.calls).toHaveLength(1);
  });

  it('leaves the rest to the next run', async () => {
    const maintenance = database(1_000_000);
    expect(await purge(maintenance, clock, 3)).toBe(1500);
    expect(maintenance.calls).toHaveLength(3);
  });

  it('fails when the database does', async () => {
    const away = { purge: () => Promise.reject(new Error('away')) };
    await expect(purge(away, clock)).rejects.toThrow('away');
  });
});
