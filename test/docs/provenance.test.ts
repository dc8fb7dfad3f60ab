import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { commonPasswords } from '../../src/accounts/common-passwords.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(`${root}docs/provenance.md`, 'utf8');

/** The rows of the table whose header begins with `first`, as cells without backticks. */
function rowsOf(first: string): readonly (readonly string[])[] {
  const table = page.split('\n\n').find((block) => block.startsWith(`| ${first} |`)) ?? '';
  const rows = table.trim().split('\n').slice(2);
  return rows.map((row) => row.slice(2, -2).replaceAll('`', '').split(' | '));
}

function sha256(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}

describe('docs/provenance.md', () => {
  it.each(rowsOf('package'))('has version, licence and integrity of %s', (name, version, licence, integrity) => {
    const { packages } = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8'));
    expect(packages[`node_modules/${name}`]).toMatchObject({ version, license: licence, integrity });
  });

  it.each(rowsOf('file'))('has the checksum of %s', (file, checksum) => {
    expect(sha256(readFileSync(root + file))).toBe(checksum);
  });

  it('has the checksum of the common passwords', () => {
    const entries = [...commonPasswords].sort().map((password) => `${password}\n`);
    expect(rowsOf('list')).toEqual([['commonPasswords', String(entries.length), sha256(entries.join(''))]]);
  });

  it('names every font file that the pages load', () => {
    const styles = readFileSync(`${root}src/pages/assets/styles/10-variables.css`, 'utf8');
    const loaded = [...styles.matchAll(/url\("([^"]+)"\)/g)].map(([, name = '']) => name);
    const listed = rowsOf('file').map(([file = '']) => file.slice(file.lastIndexOf('/') + 1));
    expect(loaded.length).toBeGreaterThan(0);
    expect(loaded.filter((name) => !listed.includes(name))).toEqual([]);
  });
});
