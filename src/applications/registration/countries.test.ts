import { describe, expect, it } from 'vitest';
import { countries, isCountry } from './countries.ts';

describe('the countries', () => {
  it('are codes of two capital letters, sorted and unique', () => {
    for (const code of countries) expect(code).toMatch(/^[A-Z]{2}$/);
    expect([...new Set(countries)].sort()).toEqual(countries);
  });

  it('have a name each', () => {
    const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
    for (const code of countries) expect(names.of(code)).toBeTruthy();
  });

  it('are recognised by their code', () => {
    expect(['CH', 'DE', 'US'].map(isCountry)).toEqual([true, true, true]);
    expect(['', 'ch', 'Switzerland', 'ZZ', 'EU'].map(isCountry)).toEqual([false, false, false, false, false]);
  });
});
