// npm run mutation: mutates the rules of src/oauth and src/accounts one place at a time, and checks that the tests
// beside them fail. Arguments are files or folders: npm run mutation -- src/oauth/pkce.ts src/accounts
import { statSync } from 'node:fs';
import { prepare, root, run } from './install.mjs';

const node = await prepare();
const targets = process.argv.slice(2).map((path) => (isFolder(path) ? `${path.replace(/\/$/, '')}/**/*.ts` : path));
const mutate = targets.length === 0 ? [] : ['--mutate', [...targets, '!src/**/*.test.ts'].join(',')];
await run(node, ['node_modules/.bin/stryker', 'run', ...mutate]);

function isFolder(path) {
  return statSync(`${root}${path}`, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
