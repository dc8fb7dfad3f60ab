import type { Command } from 'commander';
import { type Config, loadConfig, type Overrides } from '../config/load.ts';
import type { Store } from '../ports/store/index.ts';
import { openStore, storeLocationOf } from '../storage/open.ts';
import { commandAuditKeys } from '../system/platform-ring.ts';

/** A command that is refused. The message is a sentence for the person who typed it; the exit code is 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** Adds the options that every command has: where the data is, and the format of the result. */
export function withDataOptions(command: Command): Command {
  return command
    .option('--data-dir <dir>', 'directory of the embedded database and the keys (INSIDERS_DATA_DIR)')
    .option('--database-url <url>', 'PostgreSQL database instead of the embedded one (DATABASE_URL)')
    .option('--json', 'print the result as one JSON object on standard output');
}

export interface DataOptions {
  readonly dataDir?: string;
  readonly databaseUrl?: string;
  readonly json?: boolean;
}

/** The configuration from the environment; options override it. @throws {ConfigError} */
export function configFrom(options: DataOptions, more: Overrides = {}): Config {
  return loadConfig(process.env, { dataDir: options.dataDir, databaseUrl: options.databaseUrl, ...more });
}

/**
 * Opens the store for `work`, and closes it afterwards. Opening creates the database or applies the migrations that it
 * lacks, so every command that calls this migrates. These do not:
 *
 * - `backup` only reads the database.
 * - `doctor` opens the store only if it lacks no migration.
 * - `keys list` opens no database.
 *
 * `serve` and `migrate` migrate without this function.
 *
 * If the database knows a ring of keys that this process does not have, each change of `work` is refused with a
 * {@link KeyRingError}: its audit entry could not be authenticated.
 */
export async function withMigratedStore<T>(options: DataOptions, work: (store: Store) => Promise<T>): Promise<T> {
  const config = configFrom(options);
  const store = await openStore(storeLocationOf(config));
  try {
    const auditKeys = await commandAuditKeys(config, store.ringKeys);
    if (auditKeys !== undefined) store.audit.useKeys(auditKeys);
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Prints the result on standard output: as JSON with `--json`, else as a sentence. */
export function printResult(options: DataOptions, result: object, sentence: string): void {
  process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : `${sentence}\n`);
}

/** Replaces line breaks and control characters in a text that a user wrote, so that it stays on its line of a list. */
export function toOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
}
