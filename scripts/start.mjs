// npm start: install and build what is missing, then serve with demo data.
import { spawn } from 'node:child_process';
import { node, prepare, product, root } from './install.mjs';

prepare();
const child = spawn(node, [...product, 'serve', '--demo', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 0));
