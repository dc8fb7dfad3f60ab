import { describe, expect, it } from 'vitest';
import { permits } from './grant.ts';
import { findGrant, grants } from './index.ts';

describe('one grant type for each application', () => {
  it.each([
    ['authorization_code', 'authorization_code', true],
    ['authorization_code', 'password', false],
    ['authorization_code', 'refresh_token', true],
    ['password', 'password', true],
    ['password', 'authorization_code', false],
    ['password', 'refresh_token', true],
  ] as const)('an application with %s may use %s: %s', (grantType, used, allowed) => {
    const grant = findGrant(used);
    expect(grant && permits({ grantType }, grant)).toBe(allowed);
  });
});

describe('the table of grants', () => {
  it('finds each by its exact name', () => {
    for (const grant of grants) expect(findGrant(grant.grantType)).toBe(grant);
  });

  it.each(['PASSWORD', 'password ', 'client_credentials', 'implicit', ''])('knows nothing of %j', (name) => {
    expect(findGrant(name)).toBeUndefined();
  });
});
