import type { Command } from 'commander';
import { migrate } from '../storage/open.ts';
import { answer, configFrom, type DataOptions, withDataOptions } from './context.ts';

/** `insiders migrate` */
export function migrateCommand(program: Command): void {
  withDataOptions(program.command('migrate'))
    .description('bring the database up to date; serve does it too')
    .action(async (options: DataOptions) => {
      const { dataDir, databaseUrl } = configFrom(options);
      const applied = await migrate(databaseUrl === null ? { dataDir } : { databaseUrl });
      const sentence = applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}.`;
      answer(options, { applied }, sentence);
    });
}
