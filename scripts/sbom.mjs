// npm run sbom: lists the packages of the program, with their hashes and licences, in dist/insiders.cdx.json (CycloneDX
// 1.6), or in the file that the argument names. It reads package-lock.json only: it needs no network and no build.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { root } from './install.mjs';

const [, , file = `${root}dist/insiders.cdx.json`] = process.argv;
mkdirSync(dirname(resolve(file)), { recursive: true });
writeFileSync(file, `${JSON.stringify(billOfMaterials(), null, 2)}\n`);

/** npm's list without the packages for development. It is CycloneDX 1.5; all that it has is valid in 1.6, too. */
function billOfMaterials() {
  const { metadata, components, dependencies, ...list } = listOfNpm();
  // Not npm's --omit=dev: it also leaves out what both the program and a package for development need
  // (https://github.com/npm/cli/issues/7909).
  const shipped = components.filter((component) => !isForDevelopment(component));
  const refs = new Set([metadata.component, ...shipped].map((component) => component['bom-ref']));
  return {
    ...list,
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    specVersion: '1.6',
    // npm names the program after its folder.
    metadata: { ...metadata, component: { ...metadata.component, name: 'insiders' } },
    components: shipped,
    dependencies: dependencies
      .filter(({ ref }) => refs.has(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => refs.has(each)) })),
  };
}

/** All packages of the lock file, as npm lists them. */
function listOfNpm() {
  const options = ['--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'];
  // Otherwise npm leaves a compile cache in the system's temporary directory.
  const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' };
  const text = execFileSync('npm', ['sbom', ...options, '--loglevel=error', '--logs-max=0'], {
    cwd: root,
    env,
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(text);
}

function isForDevelopment({ properties }) {
  return properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true');
}
