import { describe, expect, it } from 'vitest';
import { listChanges } from './list-changes.ts';

describe('a changed list', () => {
  it('says of each line whether it was kept, removed or added', () => {
    expect(listChanges(['a', 'b'], ['b', 'c'])).toEqual([
      { kind: 'removed', text: 'a' },
      { kind: 'kept', text: 'b' },
      { kind: 'added', text: 'c' },
    ]);
  });

  it('can begin or end empty', () => {
    expect(listChanges([], ['a'])).toEqual([{ kind: 'added', text: 'a' }]);
    expect(listChanges(['a'], [])).toEqual([{ kind: 'removed', text: 'a' }]);
    expect(listChanges([], [])).toEqual([]);
  });
});
