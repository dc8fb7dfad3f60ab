/** Searches pages and databases for secrets in clear. */
import type { StoreOptions } from '../../../src/storage/open.ts';
import { type RawDatabase, withDatabase } from '../database/sql.ts';

/**
 * Every secret, token, code, password and session ID that test helpers have seen in this process. None of them may be
 * in clear on a page, in an email, in an export or in a row of a database. Each page is searched for all of them, and
 * each database when its site stops.
 */
const known = new Set<string>();

/** The places where a secret was found. */
const found: string[] = [];

/** The random part of a secret: at least 16 characters of base64url. */
const word = /[A-Za-z0-9_-]{16,}/g;

/** Adds a secret to those that are searched for. */
export function registerSecret(secret: string | null | undefined): void {
  for (const [part] of (secret ?? '').matchAll(word)) known.add(part);
}

/** The first 24 characters of the first secret in a text; `undefined`: there is none. */
function secretIn(text: string): string | undefined {
  for (const [part] of text.matchAll(word)) if (known.has(part)) return `${part.slice(0, 24)}…`;
  return undefined;
}

/** Searches a page for secrets, except pages that show a secret once (“Copy it now”). */
export function searchPageForSecrets(address: string, html: string): void {
  if (html.includes('Copy it now')) return;
  const secret = secretIn(html);
  if (secret !== undefined) found.push(`${secret} on ${address}`);
}

/** Searches every row of every table. Throws if a secret was found there, or on a page before. */
export async function expectNoSecrets(place: StoreOptions): Promise<void> {
  await withDatabase(place, async (database) => {
    for (const table of await tablesOf(database)) {
      const rows = await database.run(`select * from ${table}`);
      const secret = secretIn(rows.map((row) => Object.values(row).join(' ')).join('\n'));
      if (secret !== undefined) found.push(`${secret} in the table ${table}`);
    }
  });
  const all = found.splice(0);
  if (all.length > 0) throw new Error(`Secrets in clear: ${all.join(', ')}`);
}

async function tablesOf({ run, pick }: RawDatabase): Promise<readonly string[]> {
  const rows = await run(
    pick(
      "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'",
      'select table_name as name from information_schema.tables where table_schema = current_schema()',
    ),
  );
  return rows.map(({ name }) => String(name));
}
