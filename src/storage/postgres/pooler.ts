import type pg from 'pg';
import { UnsupportedDatabase } from '../core/errors.ts';
import { withClient } from './client.ts';
import { sent } from './errors.ts';
import { limits } from './settings.ts';

/**
 * Poolers lend their connections in turn or newest first, and others may use them, too: what is seen once may be
 * chance.
 */
const rounds = 3;

/** `query_timeout`: ms until there is a response. */
const askProcess = { text: 'select pg_backend_pid() as pid', query_timeout: limits.connect };

/**
 * Refuses a pooler, such as PgBouncer, that shares connections of PostgreSQL between transactions or statements.
 * Prepared statements and settings of a session would be lost there, or would reach other programs.
 *
 * A direct connection is served by the process that it was told of when it was opened. A pooler tells of one of its
 * own: then two connections are looked at, and each must have, and keep, a process that the other one does not have.
 * @throws {UnsupportedDatabase} with what to do
 */
export async function refuseSharing(databaseUrl: string, client: pg.Client): Promise<void> {
  if ((await processOf(client)) === (client as unknown as { readonly processID: number | null }).processID) return;
  await withClient(databaseUrl, async (other) => {
    const [ours, theirs] = [new Set<number>(), new Set<number>()];
    for (let round = 1; round <= rounds; round += 1) {
      ours.add(await processOf(client));
      theirs.add(await processOf(other));
      // Twice in a row, or two processes that are lent in turn would look like one for each.
      theirs.add(await processOf(other));
      ours.add(await processOf(client));
    }
    const all = new Set([...ours, ...theirs]);
    if (ours.size === 1 && theirs.size === 1 && all.size === 2) return;
    throw new UnsupportedDatabase(
      'A connection pooler in front of PostgreSQL shares connections between transactions, which this program does not support. ' +
        'Set pool_mode = session for this database in PgBouncer, or connect to PostgreSQL directly.',
    );
  });
}

async function processOf(client: pg.Client): Promise<number> {
  const { rows } = await sent(client.query<{ pid: number }>(askProcess));
  return rows[0]?.pid ?? 0;
}
