import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname } from 'node:path';

const manifest = findPackageJSON(import.meta.url) ?? '';

/** The folder of the program's package, whether it runs from its sources or from the build. */
export const programFolder = dirname(manifest);

/** The version of the program, from its package.json. */
export const version: string = JSON.parse(readFileSync(manifest, 'utf8')).version;
