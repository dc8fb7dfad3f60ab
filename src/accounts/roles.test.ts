import { describe, expect, it } from 'vitest';
import { may, type Power, staffRoles } from './roles.ts';

const powers: readonly Power[] = ['read', 'answer', 'administer'];

describe('a role', () => {
  it.each([
    ['administrator', [true, true, true]],
    ['support', [true, true, false]],
    ['auditor', [true, false, false]],
  ] as const)('%s has its powers and no other', (role, expected) => {
    expect(powers.map((power) => may(role, power))).toEqual(expected);
  });

  it('is what nobody else has', () => {
    expect(powers.map((power) => may(null, power))).toEqual([false, false, false]);
  });

  it('is one of three', () => {
    expect(staffRoles).toEqual(['administrator', 'support', 'auditor']);
  });
});
