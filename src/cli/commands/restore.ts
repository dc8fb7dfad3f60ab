import type { Command } from 'commander';
import type { AuditFields } from '../../audit/fields.ts';
import type { AuditEvent } from '../../ports/audit.ts';
import type { Contents } from '../../storage/backup/file.ts';
import { storeLocationOf } from '../../storage/open.ts';
import { systemClock as clock } from '../../system/clock.ts';
import { ringProblem } from '../../system/platform-ring.ts';
import { countsOf, wordsFor } from '../backup-contents.ts';
import { configFrom, type DataOptions, printResult, withDataOptions, withStore } from '../context.ts';

/** `insiders restore FILE` */
export function restoreCommand(program: Command): void {
  withDataOptions(program.command('restore'))
    .description('put the state of a backup where there is none yet')
    .argument('<file>', 'what insiders backup wrote, on this database or on the other kind')
    .action(restore);
}

async function restore(file: string, options: DataOptions): Promise<void> {
  // Loaded for this command only.
  const { restoreBackup } = await import('../../storage/backup/restore.ts');
  const config = configFrom(options);
  const contents = await restoreBackup(storeLocationOf(config), file, entryFor);
  const problem = await withStore(options, ({ ringKeys }) => ringProblem(config, ringKeys));
  const sentences = [`Restored ${wordsFor(contents)}.`, ...(problem === undefined ? [] : [problem])];
  printResult(options, { file, ...countsOf(contents), keys_missing: problem !== undefined }, sentences.join('\n'));
}

/** What was restored may be older than what somebody remembers, so the audit log says when it was. */
function entryFor(contents: Contents): AuditEvent {
  const { bytes: _, ...counts } = countsOf(contents);
  const detail: AuditFields = counts;
  const actor = { kind: 'command-line' } as const;
  return { at: clock.now(), actor, action: 'backup.restored', subject: 'platform', detail };
}
