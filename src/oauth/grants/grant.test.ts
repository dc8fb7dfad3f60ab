import { describe, expect, expectTypeOf, it } from 'vitest';
import { permits } from './grant.ts';
import { type AnyGrant, findGrant, grants } from './index.ts';

describe('the grant type of an application', () => {
  it.each([
    ['authorization_code', 'authorization_code', true],
    ['authorization_code', 'password', false],
    ['authorization_code', 'refresh_token', true],
    ['password', 'password', true],
    ['password', 'authorization_code', false],
    ['password', 'refresh_token', true],
  ] as const)('%s permits %s: %s', (grantType, used, allowed) => {
    const grant = findGrant(used);
    expect(grant && permits({ grantType }, grant)).toBe(allowed);
  });
});

describe('the table of grants', () => {
  it('finds each grant by its exact name', () => {
    for (const grant of grants) expect(findGrant(grant.grantType)).toBe(grant);
  });

  it.each(['PASSWORD', 'password ', 'client_credentials', 'implicit', ''])('does not have %j', (name) => {
    expect(findGrant(name)).toBeUndefined();
  });
});

it('a grant can look up state in the store, and can write nothing', () => {
  type Aggregates = Parameters<AnyGrant['load']>[0]['store'];
  expectTypeOf<keyof Aggregates['codes']>().toEqualTypeOf<'find'>();
  expectTypeOf<keyof Aggregates['families']>().toEqualTypeOf<'findByAccessToken' | 'findByRefreshToken'>();
});
