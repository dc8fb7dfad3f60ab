import type { Command } from 'commander';
import type { AuditEvent } from '../ports/audit.ts';
import type { Contents } from '../storage/backup/file.ts';
import { placeOf } from '../storage/open.ts';
import { systemClock as clock } from '../system/clock.ts';
import { countsOf, wordsFor } from './backup-contents.ts';
import { answer, configFrom, type DataOptions, withDataOptions } from './context.ts';

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
  const contents = await restoreBackup(placeOf(configFrom(options)), file, entryFor);
  answer(options, { file, ...countsOf(contents) }, `Restored ${wordsFor(contents)}.`);
}

/** What was restored may be older than what somebody remembers, so the audit log says when it was. */
function entryFor(contents: Contents): AuditEvent {
  const { bytes: _, ...detail } = countsOf(contents);
  const actor = { kind: 'command-line' } as const;
  return { at: clock.now(), actor, action: 'backup.restored', subject: 'platform', detail };
}
