import type { Command } from 'commander';
import { placeOf } from '../storage/open.ts';
import { systemClock as clock } from '../system/clock.ts';
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
  const { users, applications, devices, auditEntries } = contents;
  const actor = { kind: 'command-line' } as const;
  const detail = { users, applications, devices, audit_entries: auditEntries };
  // What was restored may be older than what somebody remembers.
  await withStore(options, (store) =>
    store.audit.append({ at: clock.now(), actor, action: 'backup.restored', subject: 'platform', detail }),
  );
  const sentence = `Restored ${users} users, ${applications} applications, ${devices} devices and ${auditEntries} entries of the audit log.`;
  answer(options, { file, bytes: contents.bytes, ...detail }, sentence);
}
