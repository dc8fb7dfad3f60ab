import type { Command } from 'commander';
import { migrate, storeLocationOf } from '../../storage/open.ts';
import { configFrom, type DataOptions, printResult, withDataOptions } from '../context.ts';

/** `insiders migrate` */
export function migrateCommand(program: Command): void {
  withDataOptions(program.command('migrate'))
    .description('bring the database up to date; serve does it too')
    .action(async (options: DataOptions) => {
      const applied = await migrate(storeLocationOf(configFrom(options)));
      const sentence = applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}.`;
      printResult(options, { applied }, sentence);
    });
}
