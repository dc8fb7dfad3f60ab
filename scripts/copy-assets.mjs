// What the compiler leaves out of dist/: styles, scripts and pictures of the pages.
import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
cpSync(`${root}src/pages/assets`, `${root}dist/pages/assets`, { recursive: true });
