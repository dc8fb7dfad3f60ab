import type { Command } from 'commander';
import { migrate, placeOf } from '../../storage/open.ts';
import { answer, configFrom, type DataOptions, withDataOptions } from '../context.ts';

/** `insiders migrate` */
export function migrateCommand(program: Command): void {
  withDataOptions(program.command('migrate'))
    .description('bring the database up to date; serve does it too')
    .action(async (options: DataOptions) => {
      const applied = await migrate(placeOf(configFrom(options)));
      const sentence = applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}.`;
      answer(options, { applied }, sentence);
    });
}
