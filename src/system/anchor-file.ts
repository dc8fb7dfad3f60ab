import { accessSync, closeSync, constants, existsSync, fstatSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Appends a line to a file, which is created with access for its owner only. @throws {Error} it can't be written */
export function appendLine(file: string, line: string): void {
  const handle = openSync(file, 'a', 0o600);
  try {
    writeSync(handle, `${line}\n`);
  } finally {
    closeSync(handle);
  }
}

/** Why {@link appendLine} can't write this file; `undefined`: it can. Creates and changes nothing. */
export function appendProblem(file: string): string | undefined {
  try {
    if (!existsSync(file)) {
      accessSync(dirname(file), constants.W_OK);
      return undefined;
    }
    const handle = openSync(file, constants.O_WRONLY | constants.O_APPEND);
    try {
      return fstatSync(handle).isDirectory() ? 'it is a directory' : undefined;
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  }
}
