import type { StoreOptions } from '../../src/storage/open.ts';
import { type RawDatabase, withDatabase } from './database.ts';

/**
 * Every secret, token, code, password and session id that the helpers of the tests came across in this process. None of
 * them may stand in clear on a page, in a mail, in an export or in a row of a database; each site is searched for all
 * of them when it stops.
 */
const known = new Set<string>();

/** Where one was found that must not be there. */
const found: string[] = [];

/** The part of a secret that nothing else has, as one word. */
const word = /[A-Za-z0-9_-]{16,}/g;

export function recordSecret(secret: string | null | undefined): void {
  for (const [part] of (secret ?? '').matchAll(word)) known.add(part);
}

/** The first secret in a text, as far as it may be told: its beginning. */
function secretIn(text: string): string | undefined {
  for (const [part] of text.matchAll(word)) if (known.has(part)) return `${part.slice(0, 24)}…`;
  return undefined;
}

/** Looks at a page that a browser was given. A page that shows something once says so. */
export function searchPage(address: string, html: string): void {
  if (html.includes('Copy it now')) return;
  const secret = secretIn(html);
  if (secret !== undefined) found.push(`${secret} on ${address}`);
}

/** Searches every row of every table, and fails if anything was found there or on a page before. */
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
