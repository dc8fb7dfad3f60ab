import { describe, expect, it } from 'vitest';
import { listChanges } from './list-changes.ts';

describe('a changed list', () => {
  it('marks each line as kept, removed or added', () => {
    expect(listChanges(['a', 'b'], ['b', 'c'])).toEqual([
      { kind: 'removed', text: 'a' },
      { kind: 'kept', text: 'b' },
      { kind: 'added', text: 'c' },
    ]);
  });

  it('may be empty before or after', () => {
    expect(listChanges([], ['a'])).toEqual([{ kind: 'added', text: 'a' }]);
    expect(listChanges(['a'], [])).toEqual([{ kind: 'removed', text: 'a' }]);
    expect(listChanges([], [])).toEqual([]);
  });
});
