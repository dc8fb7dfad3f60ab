import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withResult } from '../../bench/page.ts';

const page = readFileSync(new URL('../../docs/benchmark.md', import.meta.url), 'utf8');

describe('the result of a run', () => {
  it('replaces the last result in docs/benchmark.md', () => {
    const first = withResult(page, 'of yesterday');
    const second = withResult(first, 'of today');
    expect(second).toContain('of today');
    expect(second).not.toContain('of yesterday');
    expect(withResult(second, 'of yesterday')).toBe(first);
  });

  it('is rejected for a page without its marker lines', () => {
    expect(() => withResult('# Benchmark', 'of today')).toThrow('docs/benchmark.md needs these lines');
  });
});
