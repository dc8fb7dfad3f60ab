import { describe, expect, it } from 'vitest';
import { publicClientViolations } from './public-clients.ts';

describe('a public client (RFC 9700 2.2.2, 2.4)', () => {
  it.each([
    ['authorization_code', 'rotate', []],
    ['authorization_code', 'stable', ['stable']],
    ['password', 'rotate', ['password']],
    ['password', 'stable', ['password', 'stable']],
  ] as const)('with %s and %s violates %j', (grantType, refreshPolicy, violations) => {
    expect(publicClientViolations({ confidential: false, grantType, refreshPolicy })).toEqual(violations);
    expect(publicClientViolations({ confidential: true, grantType, refreshPolicy })).toEqual([]);
  });
});
