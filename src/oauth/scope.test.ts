import { describe, expect, it } from 'vitest';
import { refused } from '../../test/support/oauth-fakes.ts';
import { parseScope, storedScope } from './scope.ts';

describe('the scope (RFC 6749 3.3)', () => {
  it.each([[undefined], ['all'], ['all all']])('is all for %j', (text) => {
    expect(parseScope(text)).toBe('all');
  });

  it.each(['ALL', 'admin', 'all admin', ' all', 'all  all', 'all ', 'a"b', 'é', 'x'.repeat(10_000)])(
    'is refused for %j',
    async (text) => {
      expect(await refused(() => parseScope(text))).toMatchObject({
        row: { error: 'invalid_scope' },
        cause: 'unknown_scope',
        shown: { expected: ['all'] },
      });
    },
  );

  it('that was requested is shown', async () => {
    expect((await refused(() => parseScope('all admin'))).shown.received).toBe('all admin');
  });

  it('is read from storage unchanged', () => {
    expect(storedScope('all')).toBe('all');
  });
});
