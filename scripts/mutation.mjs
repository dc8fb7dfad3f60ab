// npm run mutation: change the rules of src/oauth and src/accounts in one place at a time, and see whether the tests
// beside them fail. Arguments name files or folders: npm run mutation -- src/oauth/pkce.ts src/accounts
import { statSync } from 'node:fs';
import { node, prepare, root, run } from './install.mjs';

await prepare();
const named = process.argv.slice(2).map((path) => (isFolder(path) ? `${path.replace(/\/$/, '')}/**/*.ts` : path));
const mutate = named.length === 0 ? [] : ['--mutate', [...named, '!src/**/*.test.ts'].join(',')];
await run(node, ['node_modules/.bin/stryker', 'run', ...mutate]);

function isFolder(path) {
  return statSync(`${root}${path}`, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
