import type { Command } from 'commander';
import { migrate, storeLocationOf } from '../../storage/open.ts';
import { configFrom, type DataOptions, printResult, withDataOptions } from '../command.ts';

/** `insiders migrate`. Other commands migrate too: see `withMigratedStore`. */
export function migrateCommand(program: Command): void {
  withDataOptions(program.command('migrate'))
    .description('create or upgrade the database; every command except doctor, backup and keys list does this first')
    .action(async (options: DataOptions) => {
      const applied = await migrate(storeLocationOf(configFrom(options)));
      const sentence = applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}.`;
      printResult(options, { applied }, sentence);
    });
}
