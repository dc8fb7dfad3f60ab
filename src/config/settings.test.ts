import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Setting, settings } from './settings.ts';

const all: readonly Setting[] = Object.values(settings);

describe('the settings', () => {
  it('are in docs/configuration.md, which is up to date; if not, run scripts/configuration-page.mjs', () => {
    const script = new URL('../../scripts/configuration-page.mjs', import.meta.url);
    const print = `process.stdout.write((await import(${JSON.stringify(script.href)})).configurationPage())`;
    const fresh = execFileSync(process.execPath, ['--input-type=module', '--eval', print], { encoding: 'utf8' });
    expect(readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8')).toBe(fresh);
  });

  it('have unique names', () => {
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    for (const { name } of all) expect(name).toMatch(/^(INSIDERS_[A-Z_]+|DATABASE_URL)$/);
  });

  it('have a meaning that fits into a table', () => {
    for (const { meaning } of all) expect(meaning).toMatch(/^[^|\n]+[^.|\n]$/);
  });

  it('are marked as secret where they contain one, and then have no default', () => {
    const secret = all.filter((setting) => setting.secret);
    expect(secret.map(({ name }) => name)).toEqual([
      'DATABASE_URL',
      'INSIDERS_SECRET_KEYS',
      'INSIDERS_SMTP_URL',
      'INSIDERS_METRICS_TOKEN',
    ]);
    for (const setting of secret) expect(setting.default).toBeNull();
  });
});
