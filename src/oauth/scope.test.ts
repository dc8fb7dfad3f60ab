import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../test/support/oauth-fakes.ts';
import { parseScope, storedScope } from './scope.ts';

describe('the scope (RFC 6749 3.3)', () => {
  it.each([[undefined], ['all'], ['all all']])('is all for %j', (text) => {
    expect(parseScope(text)).toBe('all');
  });

  it.each(['ALL', 'admin', 'all admin', ' all', 'all  all', 'all ', 'a"b', 'é', 'x'.repeat(10_000)])(
    'is refused for %j',
    async (text) => {
      expect(await refusalOf(() => parseScope(text))).toBe('invalid_scope');
    },
  );

  it('comes back from storage as it was', () => {
    expect(storedScope('all')).toBe('all');
  });
});
