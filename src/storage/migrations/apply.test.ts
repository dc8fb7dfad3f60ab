import { describe, expect, it } from 'vitest';
import { sqliteDialect } from '../sqlite/dialect.ts';
import { applyMigrations, compareMigrations } from './apply.ts';
import { migrations } from './index.ts';

const names = migrations.map(({ name }) => name);

describe('migrations', () => {
  it('are named in the order in which they apply', () => {
    expect(names).toEqual(names.toSorted());
    for (const name of names) expect(name).toMatch(/^\d{4}-[a-z-]+$/);
  });

  it('are pending until they are applied', () => {
    expect(compareMigrations([])).toEqual({ applied: [], pending: names });
    const [first = ''] = names;
    expect(compareMigrations([{ name: first }])).toEqual({ applied: [first], pending: names.slice(1) });
  });

  it('that are unknown are refused: the database is of a newer release', () => {
    expect(() => compareMigrations([{ name: '9999-later' }])).toThrow('newer release, it has 9999-later');
  });

  it('that are applied already do not run again', async () => {
    const statements: string[] = [];
    const applied = await applyMigrations(sqliteDialect, async ({ sql }) => {
      statements.push(sql);
      return sql.startsWith('select') ? names.map((name) => ({ name })) : [];
    });
    expect(applied).toEqual([]);
    expect(statements.filter((sql) => !sql.startsWith('select'))).toEqual([
      expect.stringContaining('if not exists "migrations"'),
    ]);
  });
});
