import { describe, expect, it } from 'vitest';
import type { FamilyUse } from '../ports/store/index.ts';
import { FamilyUses } from './family-uses.ts';

/** Collects what is written. `fail` makes writes fail, `before` runs during each. */
function recorder() {
  const written: (readonly FamilyUse[])[] = [];
  const state = { fail: false, before: async () => {} };
  const touch = async (uses: readonly FamilyUse[]) => {
    await state.before();
    if (state.fail) throw new Error('away');
    written.push(uses);
  };
  return { written, state, uses: new FamilyUses({ touch }) };
}

const use = (familyId: string, usedAt: number, accessExpiresAt: number | null = null) => ({
  familyId,
  usedAt,
  accessExpiresAt,
});

describe('the buffer of family uses', () => {
  it('writes all uses together', async () => {
    const { uses, written } = recorder();
    uses.add(use('a', 1));
    uses.add(use('b', 2));
    await uses.flush();
    expect(written).toEqual([[use('a', 1), use('b', 2)]]);
  });

  it('has one use per family: the last one, and when its newest access token expires', async () => {
    const { uses, written } = recorder();
    uses.add(use('a', 1, 100));
    uses.add(use('a', 2));
    uses.add(use('a', 3));
    await uses.flush();
    expect(written).toEqual([[use('a', 3, 100)]]);
  });

  it('writes each use once', async () => {
    const { uses, written } = recorder();
    uses.add(use('a', 1));
    await uses.flush();
    await uses.flush();
    expect(written).toHaveLength(1);
  });

  it('writes nothing while it is empty', async () => {
    const { uses, written } = recorder();
    await uses.flush();
    expect(written).toEqual([]);
  });

  it('keeps the uses when they cannot be written', async () => {
    const { uses, written, state } = recorder();
    uses.add(use('a', 1));
    state.fail = true;
    await expect(uses.flush()).rejects.toThrow('away');
    state.fail = false;
    await uses.flush();
    expect(written).toEqual([[use('a', 1)]]);
  });

  it('prefers uses that came in during a failed write', async () => {
    const { uses, written, state } = recorder();
    uses.add(use('a', 1));
    uses.add(use('b', 1));
    state.fail = true;
    state.before = async () => uses.add(use('a', 2));
    await expect(uses.flush()).rejects.toThrow('away');
    state.fail = false;
    state.before = async () => {};
    await uses.flush();
    expect(new Set(written[0])).toEqual(new Set([use('a', 2), use('b', 1)]));
  });

  it('keeps the expiry of an access token when a write fails', async () => {
    const { uses, written, state } = recorder();
    uses.add(use('a', 1, 100));
    state.fail = true;
    state.before = async () => uses.add(use('a', 2));
    await expect(uses.flush()).rejects.toThrow('away');
    state.fail = false;
    state.before = async () => {};
    await uses.flush();
    expect(written).toEqual([[use('a', 2, 100)]]);
  });

  it('leaves uses that come in during a write to the next one', async () => {
    const { uses, written, state } = recorder();
    uses.add(use('a', 1));
    state.before = async () => uses.add(use('b', 2));
    await uses.flush();
    state.before = async () => {};
    await uses.flush();
    expect(written).toEqual([[use('a', 1)], [use('b', 2)]]);
  });

  describe('at its limit', () => {
    /** Adds more families than fit into the buffer, and the first of them once more in between. */
    function overfill(uses: FamilyUses): void {
      for (let index = 0; index < 40_000; index += 1) uses.add(use(`family ${index}`, index));
      uses.add(use('family 0', 40_000));
      for (let index = 40_001; index < 50_100; index += 1) uses.add(use(`family ${index}`, index));
    }

    it('drops the least recently used families, and none of the newer half', async () => {
      const { uses, written } = recorder();
      overfill(uses);
      await uses.flush();
      const kept = new Set(written[0]?.map(({ familyId }) => familyId));
      expect(kept.size).toBeLessThanOrEqual(50_000);
      expect(kept.has('family 1')).toBe(false);
      expect(kept.has('family 0')).toBe(true);
      for (let index = 25_000; index < 50_100; index += 1) {
        if (index !== 40_000) expect(kept.has(`family ${index}`)).toBe(true);
      }
    });

    it('drops the least recently used families even if newer ones came in during a failed write', async () => {
      const { uses, written, state } = recorder();
      overfill(uses);
      state.fail = true;
      state.before = async () => {
        for (let index = 0; index < 10_000; index += 1) uses.add(use(`newer ${index}`, 60_000 + index));
      };
      await expect(uses.flush()).rejects.toThrow('away');
      state.fail = false;
      state.before = async () => {};
      await uses.flush();
      const kept = new Set(written[0]?.map(({ familyId }) => familyId));
      expect(kept.size).toBeLessThanOrEqual(50_000);
      expect([kept.has('newer 0'), kept.has('newer 9999'), kept.has('family 50099')]).toEqual([true, true, true]);
      expect(kept.has('family 2')).toBe(false);
    });
  });
});
