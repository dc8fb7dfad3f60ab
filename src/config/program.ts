import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname } from 'node:path';

const manifest = findPackageJSON(import.meta.url) ?? '';

/** The folder of the program's package. The same whether it runs from its sources or as it was built. */
export const programFolder = dirname(manifest);

/** Of this build, from package.json. */
export const version: string = JSON.parse(readFileSync(manifest, 'utf8')).version;
