import type pg from 'pg';
import { UnsupportedDatabase } from '../core/errors.ts';
import { withNewClient } from './client.ts';
import { mapErrors } from './errors.ts';
import { timeouts } from './settings.ts';

/**
 * A pooler hands out its connections round-robin or newest first, and other programs use them too: one round could show
 * distinct processes by chance.
 */
const rounds = 3;

/** `query_timeout`: ms until the response. */
const selectBackendPid = { text: 'select pg_backend_pid() as pid', query_timeout: timeouts.connect };

/**
 * Refuses a pooler, such as PgBouncer, that shares connections of PostgreSQL between transactions or statements.
 * Prepared statements and settings of a session would be lost there, or would reach other programs.
 *
 * A direct connection is served by the process whose id PostgreSQL sent when it was opened (BackendKeyData). A pooler
 * sends an id of its own. Then a second connection is opened, and each of the two must keep one process that the other
 * never has.
 * @throws {UnsupportedDatabase} the message says what the operator must change
 */
export async function refuseSharedConnections(databaseUrl: string, client: pg.Client): Promise<void> {
  if ((await backendPid(client)) === (client as unknown as { readonly processID: number | null }).processID) return;
  await withNewClient(databaseUrl, async (other) => {
    const [ours, theirs] = [new Set<number>(), new Set<number>()];
    for (let round = 1; round <= rounds; round += 1) {
      ours.add(await backendPid(client));
      theirs.add(await backendPid(other));
      // Twice in a row: with two processes that are handed out in turn, each connection would otherwise always get one.
      theirs.add(await backendPid(other));
      ours.add(await backendPid(client));
    }
    const all = new Set([...ours, ...theirs]);
    if (ours.size === 1 && theirs.size === 1 && all.size === 2) return;
    throw new UnsupportedDatabase(
      'A connection pooler in front of PostgreSQL shares connections between transactions, which this program does not support. ' +
        'Set pool_mode = session for this database in PgBouncer, or connect to PostgreSQL directly.',
    );
  });
}

async function backendPid(client: pg.Client): Promise<number> {
  const { rows } = await mapErrors(client.query<{ pid: number }>(selectBackendPid));
  return rows[0]?.pid ?? 0;
}
