import type { Config } from '../../config/load.ts';
import type { Store } from '../../ports/store/index.ts';
import { UnsupportedDatabase } from '../../storage/core/errors.ts';
import { type Inspection, inspect } from '../../storage/inspect.ts';
import { migrations } from '../../storage/migrations/index.ts';
import { openStore, storeLocationOf } from '../../storage/open.ts';
import { type Finding, failed, ok, warning } from '../findings.ts';

/** The finding about the database, and the result of `work`; absent if the store was not opened. */
export interface DatabaseFindings<Found> {
  readonly finding: Finding;
  readonly found?: Found;
}

/**
 * Inspects the database without changing it. Only if it lacks no migration, opens the store, runs `work` on it and
 * tries a write.
 */
export async function examineDatabase<Found>(
  config: Config,
  work: (store: Store) => Promise<Found>,
): Promise<DatabaseFindings<Found>> {
  const kind = config.databaseUrl === null ? 'SQLite' : 'PostgreSQL';
  try {
    const finding = schemaFinding(config, kind, await inspect(storeLocationOf(config)));
    if (finding !== undefined) return { finding };
  } catch (error) {
    const text = error instanceof UnsupportedDatabase ? error.message : unreachable(config, reasonOf(error));
    return { finding: failed('database', text) };
  }
  return tryStore(config, kind, work);
}

/** @returns `undefined` if the database has the schema of this release: opening it migrates nothing */
function schemaFinding({ dataDir }: Config, kind: string, inspection: Inspection): Finding | undefined {
  if (inspection.found === 'nothing') return warning('database', 'there is none yet; insiders serve creates it');
  if (inspection.found === 'damaged') {
    const advice = 'move it away, and restore a backup';
    return failed('database', `insiders.db in ${dataDir} is damaged, or not an SQLite database: ${advice}`);
  }
  const { missing, newer } = inspection;
  if (newer.length > 0) {
    const advice = 'use that release, or restore a backup of this one';
    return failed('database', `${kind}, of a newer release (it has ${newer.join(', ')}): ${advice}`);
  }
  if (missing.length === 0) return undefined;
  const advice = `insiders serve or insiders migrate applies ${missing.join(', ')}`;
  return warning('database', `${kind}, of an older release: ${advice}`);
}

async function tryStore<Found>(
  config: Config,
  kind: string,
  work: (store: Store) => Promise<Found>,
): Promise<DatabaseFindings<Found>> {
  let store: Store | undefined;
  try {
    store = await openStore(storeLocationOf(config));
    const found = await work(store);
    await store.maintenance.check({ write: true });
    return { found, finding: ok('database', `${kind}, reads and writes, ${migrations.length} migrations`) };
  } catch (error) {
    const advice = 'is there space, and may this user write to it?';
    return { finding: failed('database', `${kind} can be read, but not written (${reasonOf(error)}): ${advice}`) };
  } finally {
    // An open store would keep the process alive.
    await store?.close();
  }
}

function unreachable({ databaseUrl, dataDir }: Config, reason: string): string {
  return databaseUrl === null
    ? `SQLite can't be opened (${reason}): is there space, and may this user write to ${dataDir}?`
    : `PostgreSQL can't be reached (${reason}): is it running, and is the address right?`;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown';
}
