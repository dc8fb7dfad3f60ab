import { describe, expect, it } from 'vitest';
import { listOf, pagingOf } from './lists.ts';

describe('the paging of a list', () => {
  it('is page 1, 150 results, by the default field, without parameters', () => {
    expect(pagingOf({}, 'id')).toEqual({ page: 1, limit: 150, orderBy: 'id', descending: false });
  });

  it('caps a limit that is too large', () => {
    expect(pagingOf({ limit: 3001 }, 'id').limit).toBe(3000);
    expect(pagingOf({ limit: 1e30 }, 'id').limit).toBe(3000);
  });

  it('descends with a minus', () => {
    expect(pagingOf({ ordering: '-serial_number' }, 'id' as 'id' | 'serial_number')).toMatchObject({
      orderBy: 'serial_number',
      descending: true,
    });
  });
});

describe('a page of a list', () => {
  const pageOf = (count: number, page: number, limit: number) =>
    listOf({ count, rows: [] }, { page, limit, orderBy: 'id', descending: false }, () => null);

  it.each([
    // count, page, limit, previous, next
    [0, 1, 10, null, null],
    [10, 1, 10, null, null],
    [11, 1, 10, null, 2],
    [11, 2, 10, 1, null],
    [25, 2, 10, 1, 3],
    [25, 3, 10, 2, null],
    // Beyond the end: `next` is null, and `previous` is the last page.
    [25, 4, 10, 3, null],
    [25, 99, 10, 3, null],
    [0, 5, 10, 1, null],
  ])('of %d, page %d of %d each: previous %s, next %s', (count, page, limit, previous, next) => {
    expect(pageOf(count, page, limit)).toEqual({ count, page, previous, next, results: [] });
  });
});
