import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { packagedNode } from '../bin/packaged-node.mjs';

/** A package in package-lock.json, under its path. */
interface LockedPackage {
  readonly version: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

const lockFile = new URL('../package-lock.json', import.meta.url);
const locked: Readonly<Record<string, LockedPackage>> = JSON.parse(readFileSync(lockFile, 'utf8')).packages;
const packages = Object.entries(locked).filter(([path]) => path !== '');
const nodes = packages.filter(([path]) => /^node_modules\/node-(linux|win|darwin)-/.test(path));

describe('the packages', () => {
  it('all have an integrity in the lock file, against which npm checks what it downloads', () => {
    const unchecked = packages.filter(([, { integrity }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''));
    expect(packages.length).toBeGreaterThan(100);
    expect(unchecked.map(([path]) => path)).toEqual([]);
  });

  it('of the program have no install script, which could download what the lock file does not know', () => {
    const scripted = packages.filter(([, { dev, hasInstallScript }]) => !dev && hasInstallScript);
    expect(scripted.map(([path]) => path)).toEqual([]);
  });

  it('bring one version of Node for all platforms', () => {
    expect(nodes.length).toBeGreaterThan(1);
    expect(new Set(nodes.map(([, { version }]) => version)).size).toBe(1);
  });
});

/** The version of the package for this platform; `undefined`: there is none. */
const version = nodes.find(([path]) => packagedNode.includes(`/${path}/`))?.[1].version;

describe.skipIf(version === undefined)('the packaged Node', () => {
  const versionOf = (node: string) => execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();

  it('is the one in the lock file', () => {
    expect(versionOf(packagedNode)).toBe(`v${version}`);
  });

  it('is what scripts of npm find as node', () => {
    expect(versionOf(fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url)))).toBe(`v${version}`);
  });
});
