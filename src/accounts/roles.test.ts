import { describe, expect, it } from 'vitest';
import { administratorRoles, may, type Permission } from './roles.ts';

const permissions: readonly Permission[] = ['read', 'answer', 'administer'];

describe('a role', () => {
  it.each([
    ['administrator', [true, true, true]],
    ['support', [true, true, false]],
    ['auditor', [true, false, false]],
  ] as const)('%s has its permissions and no other', (role, expected) => {
    expect(permissions.map((permission) => may(role, permission))).toEqual(expected);
  });

  it('is needed for every permission', () => {
    expect(permissions.map((permission) => may(null, permission))).toEqual([false, false, false]);
  });

  it('is administrator, support or auditor', () => {
    expect(administratorRoles).toEqual(['administrator', 'support', 'auditor']);
  });
});
