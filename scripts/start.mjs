// npm start: install and build what is missing, then serve with demo data.
import { endLike, hangUpWithStarter, launch, launchedByThis } from '../bin/launch.mjs';
import { node, prepare, product, root } from './install.mjs';

hangUpWithStarter();
await prepare();
const serve = [...product, 'serve', '--demo', ...process.argv.slice(2)];
endLike(await launch(node, serve, { cwd: root, env: launchedByThis }));
