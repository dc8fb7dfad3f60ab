import type { Command } from 'commander';
import { storeLocationOf } from '../../storage/open.ts';
import { contentsForJson, contentsInWords } from '../backup-contents.ts';
import { configFrom, type DataOptions, printResult, withDataOptions } from '../command.ts';

/** `insiders backup FILE`. Only reads the database: it migrates nothing. */
export function backupCommand(program: Command): void {
  withDataOptions(program.command('backup'))
    .description('write all data except the keys to a new file; servers can keep running')
    .argument('<file>', 'new file that only you can read')
    .action(backUp);
}

async function backUp(file: string, options: DataOptions): Promise<void> {
  // Other commands don't need this module, and start faster without it.
  const { createBackup } = await import('../../storage/backup/create.ts');
  const contents = await createBackup(storeLocationOf(configFrom(options)), file);
  const sentence = `${file} has ${contentsInWords(contents)}. The ring of keys is not in it.`;
  printResult(options, { file, ...contentsForJson(contents) }, sentence);
}
