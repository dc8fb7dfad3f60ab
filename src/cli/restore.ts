import type { Command } from 'commander';
import { placeOf } from '../storage/open.ts';
import { systemClock as clock } from '../system/clock.ts';
import { countsOf, wordsFor } from './backup-contents.ts';
import { answer, configFrom, type DataOptions, withDataOptions, withStore } from './context.ts';

/** `insiders restore FILE` */
export function restoreCommand(program: Command): void {
  withDataOptions(program.command('restore'))
    .description('put the state of a backup where there is none yet')
    .argument('<file>', 'what insiders backup wrote, on this database or on the other kind')
    .action(restore);
}

async function restore(file: string, options: DataOptions): Promise<void> {
  // Loaded for this command only.
  const { restoreBackup } = await import('../storage/backup/restore.ts');
  const contents = await restoreBackup(placeOf(configFrom(options)), file);
  const counts = countsOf(contents);
  const { bytes: _, ...detail } = counts;
  const actor = { kind: 'command-line' } as const;
  // What was restored may be older than what somebody remembers.
  await withStore(options, (store) =>
    store.audit.append({ at: clock.now(), actor, action: 'backup.restored', subject: 'platform', detail }),
  );
  answer(options, { file, ...counts }, `Restored ${wordsFor(contents)}.`);
}
