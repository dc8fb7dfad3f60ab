import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildOnce } from './run.ts';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));

/** Licences (SPDX) that allow us to bundle the code, if we include their text. */
const permitted = '0BSD Apache-2.0 BlueOak-1.0.0 BSD-2-Clause BSD-3-Clause ISC MIT MIT-0 OFL-1.1'.split(' ');

interface Notice {
  readonly name: string;
  readonly licence: string;
  readonly text: string;
}

/** Parses the file into one notice for each package. */
function readNotices(): readonly Notice[] {
  const sections = readFileSync(`${dist}THIRD-PARTY-NOTICES.txt`, 'utf8').split(/^-{80}\n\n/m);
  return sections.slice(1).map((section) => {
    const [, name = '', licence = '', text = ''] = /^(\S+) \S+\nLicence: (.*)\n\n([\s\S]*)/.exec(section) ?? [];
    return { name, licence, text };
  });
}

/**
 * The packages with code in the bundle, by the source maps, which don't depend on the plugin that writes the notices.
 */
function bundledPackages(): readonly string[] {
  const sources = globSync('*.map', { cwd: dist }).flatMap((file): readonly string[] => {
    return JSON.parse(readFileSync(dist + file, 'utf8')).sources;
  });
  const names = sources.flatMap((source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? []);
  return [...new Set(names)].sort();
}

describe('dist/THIRD-PARTY-NOTICES.txt', () => {
  beforeAll(buildOnce, 60_000);

  it('names every package that is bundled', () => {
    const named = readNotices().map(({ name }) => name);
    expect(bundledPackages()).toContain('fastify');
    expect(bundledPackages().filter((name) => !named.includes(name))).toEqual([]);
  });

  it('has a licence for each that allows us to bundle it', () => {
    const others = readNotices().filter(({ licence }) => !permitted.includes(licence));
    expect(others.map(({ name, licence }) => `${name}: ${licence}`)).toEqual([]);
  });

  it('has the text of each licence', () => {
    const wordless = readNotices().filter(({ text }) => text.trim().length < 300);
    expect(wordless.map(({ name }) => name)).toEqual([]);
  });
});
