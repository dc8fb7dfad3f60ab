import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ExportFormat, exportAudit } from '../../audit/export.ts';
import { CommandError, type DataOptions, printResult, withStore } from '../context.ts';

export interface ExportOptions extends DataOptions {
  readonly format: ExportFormat;
  readonly out?: string;
}

/** Writes as fast as it is taken, and never holds more than a part of the log. */
export async function exportEntries(options: ExportOptions): Promise<void> {
  const { format, out } = options;
  let written = 0;
  await withStore(options, async ({ audit }) => {
    const text = Readable.from(
      exportAudit(audit, format, {
        written: (entries) => {
          written += entries;
        },
      }),
    );
    if (out === undefined) await pipeline(text, process.stdout, { end: false }).catch(ignoreClosedPipe);
    else await writeFile(out, text);
  });
  if (out === undefined) return;
  printResult(options, { file: out, entries: written }, `${written} entries are in ${out}.`);
}

/** A new file; one that could not be finished is removed. */
async function writeFile(file: string, text: Readable): Promise<void> {
  const stream = createWriteStream(file, { flags: 'wx', mode: 0o600 });
  let isOurs = false;
  stream.once('open', () => {
    isOurs = true;
  });
  try {
    await pipeline(text, stream);
  } catch (error) {
    if (isOurs) await rm(file, { force: true });
    const code = codeOf(error);
    if (code === 'EEXIST') throw new CommandError(`${file} exists already.`);
    if (!isOurs && code !== '') throw new CommandError(`${file} can't be written.`);
    throw error;
  }
}

/** `insiders audit export | head` has all that it wants. */
function ignoreClosedPipe(error: unknown): void {
  if (codeOf(error) !== 'EPIPE') throw error;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
