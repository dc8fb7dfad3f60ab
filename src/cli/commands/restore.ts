import type { Command } from 'commander';
import type { AuditFields } from '../../audit/fields.ts';
import type { AuditEvent } from '../../ports/audit.ts';
import type { Contents } from '../../storage/backup/file.ts';
import { storeLocationOf } from '../../storage/open.ts';
import { systemClock as clock } from '../../system/clock.ts';
import { auditKeyWith, ringProblem } from '../../system/platform-ring.ts';
import { contentsForJson, contentsInWords } from '../backup-contents.ts';
import { configFrom, type DataOptions, printResult, withDataOptions, withMigratedStore } from '../command.ts';

/** `insiders restore FILE`. Migrates the restored database to this release. */
export function restoreCommand(program: Command): void {
  withDataOptions(program.command('restore'))
    .description('restore a backup into an empty database or data directory')
    .argument('<file>', 'file that insiders backup wrote, from either kind of database')
    .action(restore);
}

async function restore(file: string, options: DataOptions): Promise<void> {
  // Other commands don't need this module, and start faster without it.
  const { restoreBackup } = await import('../../storage/backup/restore.ts');
  const config = configFrom(options);
  const contents = await restoreBackup(storeLocationOf(config), file, {
    eventOf,
    keyFor: (signing) => auditKeyWith(config, signing),
  });
  const problem = await withMigratedStore(options, ({ ringKeys }) => ringProblem(config, ringKeys));
  const sentences = [`Restored ${contentsInWords(contents)}.`, ...(problem === undefined ? [] : [problem, noEntry])];
  printResult(
    options,
    { file, ...contentsForJson(contents), keys_missing: problem !== undefined },
    sentences.join('\n'),
  );
}

const noEntry = 'The audit log has no entry of this restore, because the entry needs that key.';

/** The audit entry of the restore. It marks where the log continues from an older state. */
function eventOf(contents: Contents): AuditEvent {
  const { bytes: _, ...counts } = contentsForJson(contents);
  const detail: AuditFields = counts;
  const actor = { kind: 'command-line' } as const;
  return { at: clock.now(), actor, action: 'backup.restored', subject: 'platform', detail };
}
