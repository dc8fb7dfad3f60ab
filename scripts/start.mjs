// npm start: installs the packages if they are missing, builds, and serves with demo data.
import { endLike, hangUpWithParent, launch, launcherEnvironment } from '../bin/launch.mjs';
import { prepare, product, root } from './install.mjs';

hangUpWithParent();
const node = await prepare();
const serve = [...product, 'serve', '--demo', ...process.argv.slice(2)];
endLike(await launch(node, serve, { cwd: root, env: launcherEnvironment }));
