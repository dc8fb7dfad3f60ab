import type { Command } from 'commander';
import { storeLocationOf } from '../../storage/open.ts';
import { countsOf, wordsFor } from '../backup-contents.ts';
import { configFrom, type DataOptions, printResult, withDataOptions } from '../context.ts';

/** `insiders backup FILE` */
export function backupCommand(program: Command): void {
  withDataOptions(program.command('backup'))
    .description('write all state, but not the keys, to a new file; a server may go on meanwhile')
    .argument('<file>', 'the new file; only its owner can read it')
    .action(backUp);
}

async function backUp(file: string, options: DataOptions): Promise<void> {
  // Loaded for this command only.
  const { makeBackup } = await import('../../storage/backup/create.ts');
  const contents = await makeBackup(storeLocationOf(configFrom(options)), file);
  const sentence = `${file} has ${wordsFor(contents)}. The ring of keys is not in it.`;
  printResult(options, { file, ...countsOf(contents) }, sentence);
}
