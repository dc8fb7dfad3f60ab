// Finds the Node that npm installs with the program. Plain JavaScript for Node 20 or newer, because it runs on the
// installed Node.
import { fileURLToPath } from 'node:url';

const isWindows = process.platform === 'win32';
const name = `node-${isWindows ? 'win' : process.platform}-${process.arch}`;

/** The file of that Node. It is missing on platforms whose package is not in package.json. */
export const packagedNode = fileURLToPath(
  new URL(`../node_modules/${name}/bin/${isWindows ? 'node.exe' : 'node'}`, import.meta.url),
);

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

/** Whether the Node of this process can run the program. */
export const isSupported = major > 22 || (major === 22 && minor >= 18);
