import { describe, expect, it } from 'vitest';
import { inTransactions } from './family-use.ts';

describe('uses of families that are noted together', () => {
  const ids = Array.from({ length: 450 }, (_, index) => String(index).padStart(4, '0'));
  // Every id once, each far from the one before.
  const uses = ids.map((_, index) => ({
    familyId: ids[(index * 199) % ids.length] ?? '',
    usedAt: index,
    accessExpiresAt: null,
  }));

  it('lie next to each other, in whatever order they come', () => {
    expect(inTransactions(uses).flatMap((group) => group.map(({ familyId }) => familyId))).toEqual(ids);
  });

  it('are no more than others can wait for', () => {
    expect(inTransactions(uses).map((group) => group.length)).toEqual([200, 200, 50]);
  });

  it('are none if there were none', () => {
    expect(inTransactions([])).toEqual([]);
  });
});
