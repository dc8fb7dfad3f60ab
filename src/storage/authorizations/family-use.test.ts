import { describe, expect, it } from 'vitest';
import { inBatches } from './family-use.ts';

describe('batches of family uses', () => {
  const ids = Array.from({ length: 450 }, (_, index) => String(index).padStart(4, '0'));
  // Each ID once, in an order in which neighbours are far apart.
  const uses = ids.map((_, index) => ({
    familyId: ids[(index * 199) % ids.length] ?? '',
    usedAt: index,
    accessExpiresAt: null,
  }));

  it('are sorted by family, whatever the order of the uses', () => {
    expect(inBatches(uses).flatMap((batch) => batch.map(({ familyId }) => familyId))).toEqual(ids);
  });

  it('have at most 200 uses', () => {
    expect(inBatches(uses).map((batch) => batch.length)).toEqual([200, 200, 50]);
  });

  it('are none without uses', () => {
    expect(inBatches([])).toEqual([]);
  });
});
