import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ExportFormat, exportAudit } from '../../audit/export.ts';
import { CommandError, type DataOptions, printResult, withMigratedStore } from '../command.ts';

export interface ExportOptions extends DataOptions {
  readonly format: ExportFormat;
  readonly out?: string;
}

/** Streams the log to a file or to standard output, at the speed of the reader. */
export async function exportEntries(options: ExportOptions): Promise<void> {
  const { format, out } = options;
  let written = 0;
  await withMigratedStore(options, async ({ audit }) => {
    const text = Readable.from(
      exportAudit(audit, format, {
        onPart: (entries) => {
          written += entries;
        },
      }),
    );
    if (out === undefined) await pipeline(text, process.stdout, { end: false }).catch(ignoreClosedPipe);
    else await writeFile(out, text);
  });
  if (out === undefined) return;
  printResult(options, { file: out, entries: written }, `${written} entries were written to ${out}.`);
}

/** Writes a new file that only its owner can read, and removes it if that fails. @throws {CommandError} it can't */
async function writeFile(file: string, text: Readable): Promise<void> {
  const stream = createWriteStream(file, { flags: 'wx', mode: 0o600 });
  let created = false;
  stream.once('open', () => {
    created = true;
  });
  try {
    await pipeline(text, stream);
  } catch (error) {
    if (created) await rm(file, { force: true });
    const code = codeOf(error);
    if (code === 'EEXIST') throw new CommandError(`${file} exists already.`);
    if (!created && code !== '') throw new CommandError(`${file} can't be written.`);
    throw error;
  }
}

/** The reader closed the pipe, as in `insiders audit export | head`: no error. */
function ignoreClosedPipe(error: unknown): void {
  if (codeOf(error) !== 'EPIPE') throw error;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
