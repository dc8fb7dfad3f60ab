import type { Command } from 'commander';
import { type Config, loadConfig, type Overrides } from '../config/load.ts';
import type { Store } from '../ports/store/index.ts';
import { openStore, storeLocationOf } from '../storage/open.ts';

/** A command that was refused, in a sentence for the person who typed it. */
export class CommandError extends Error {
  override readonly name = 'Refused';
}

/** The options of every command: where the data is, and how to answer. */
export function withDataOptions(command: Command): Command {
  return command
    .option('--data-dir <dir>', 'where the embedded database and the keys are (INSIDERS_DATA_DIR)')
    .option('--database-url <url>', 'a PostgreSQL database (DATABASE_URL)')
    .option('--json', 'answer with one JSON object on standard output');
}

export interface DataOptions {
  readonly dataDir?: string;
  readonly databaseUrl?: string;
  readonly json?: boolean;
}

export function configFrom(options: DataOptions, more: Overrides = {}): Config {
  return loadConfig(process.env, { dataDir: options.dataDir, databaseUrl: options.databaseUrl, ...more });
}

/** Opens the store for the time of `work`. */
export async function withStore<T>(options: DataOptions, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(storeLocationOf(configFrom(options)));
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Answers on standard output: as JSON for a program, in a sentence for a person. */
export function printResult(options: DataOptions, result: object, sentence: string): void {
  process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : `${sentence}\n`);
}
