import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { auditActions } from '../src/audit/actions.ts';
import { transactions } from '../src/storage/core/transaction.ts';
import '../src/storage/store.ts';

const actions: readonly string[] = auditActions;
const root = fileURLToPath(new URL('../src/', import.meta.url));

/** One file of the program, and what it imports: files of ours as paths within src/, the rest by name. */
interface Source {
  readonly path: string;
  readonly folder: string;
  readonly text: string;
  readonly files: readonly string[];
  readonly modules: readonly string[];
}

const sources: readonly Source[] = globSync('**/*.{ts,tsx}', { cwd: root })
  .filter((path) => !/\.test\.tsx?$/.test(path))
  .sort()
  .map(read);

function read(path: string): Source {
  const text = readFileSync(join(root, path), 'utf8');
  const targets = [
    ...text.matchAll(/^(?:import|export)\b[^;]*?\bfrom '([^']+)'|\bimport\(\s*'([^']+)'|^import '([^']+)'/gm),
  ];
  const names = targets.map(([, from, dynamic, bare]) => from ?? dynamic ?? bare ?? '');
  const files = names.filter(isOurs).map((name) => normalize(join(dirname(path), name)));
  return { path, folder: folderOf(path), text, files, modules: names.filter((name) => !isOurs(name)) };
}

function isOurs(name: string): boolean {
  return name.startsWith('.');
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : path;
}

const rules = ['oauth', 'accounts', 'applications', 'devices'];
/** What people do at pages and on the command line: rules, one write with its audit entry, and its mails. */
const useCases = ['use-cases', 'audit', 'mail'];
const edge = ['http', ...rules, ...useCases, 'ports', 'config'];

/** What each folder may import beside itself. A folder that is missing here fails. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  ports: [],
  config: [],
  oauth: ['ports'],
  accounts: ['ports'],
  applications: ['ports'],
  devices: ['ports'],
  mail: ['ports'],
  audit: [...rules, 'ports'],
  'use-cases': [...rules, 'audit', 'mail', 'ports'],
  storage: ['ports'],
  system: ['ports'],
  jobs: ['use-cases', 'mail', 'ports'],
  http: [...rules, 'ports', 'config'],
  endpoints: edge,
  api: edge,
  pages: edge,
  // The command line works on the store itself, without a server.
  cli: [...edge, 'storage', 'system', 'main.ts'],
  'main.ts': [...edge, 'storage', 'system', 'jobs', 'endpoints', 'api', 'pages'],
};

/** The modules that a rule may use: nothing that reaches the world. */
const modulesOfRules = ['node:crypto', 'node:net', 'node:url'];
const modulesOfOne: Readonly<Record<string, readonly string[]>> = {
  // Passwords are hashed on threads of their own, as many as there are processors, and how long that takes is measured.
  'accounts/hashing.ts': ['@node-rs/argon2', 'node:os'],
};

/**
 * Files of the protocol without a test beside them: test/flows/ checks what they do through a server, from the outside.
 */
const testedInFlows: readonly string[] = ['oauth/grants/index.ts'];

const inFolders = (...folders: readonly string[]) => sources.filter(({ folder }) => folders.includes(folder));

/** `file: what is wrong`, for messages that can be read. */
function offences(among: readonly Source[], find: (source: Source) => readonly string[]): readonly string[] {
  return among.flatMap((source) => find(source).map((what) => `${source.path}: ${what}`));
}

describe('the direction of dependencies', () => {
  it('is known for every folder', () => {
    expect([...new Set(sources.map(({ folder }) => folder))].sort()).toEqual(Object.keys(mayImport).sort());
  });

  it('finds imports at all', () => {
    expect(sources.find(({ path }) => path === 'main.ts')?.files).toContain('storage/open.ts');
    expect(sources.find(({ path }) => path === 'http/server.ts')?.modules).toContain('fastify');
    const missing = offences(sources, ({ files }) => files.filter((file) => !existsSync(join(root, file))));
    expect(missing).toEqual([]);
  });

  it('is kept by every file', () => {
    const wrong = offences(sources, ({ folder, files }) =>
      files.filter((file) => folderOf(file) !== folder && !mayImport[folder]?.includes(folderOf(file))),
    );
    expect(wrong).toEqual([]);
  });

  it('leaves the composition to the command that starts the server', () => {
    const importers = sources.filter(({ files }) => files.includes('main.ts')).map(({ path }) => path);
    expect(importers).toEqual(['cli/commands/serve.ts']);
  });

  it('lets only the composition use what is done on the side', () => {
    const importers = sources.filter(
      ({ folder, files }) => folder !== 'jobs' && files.some((f) => folderOf(f) === 'jobs'),
    );
    expect(importers.map(({ path }) => path)).toEqual(['main.ts']);
  });
});

describe('the imports', () => {
  /** The shortest way from a file back to itself along imports, types included; `undefined`: there is none. */
  function cycleThrough(start: string): readonly string[] | undefined {
    const reached = new Set<string>();
    for (let paths = [[start]]; paths.length > 0; ) {
      paths = paths.flatMap((path) => (filesOf.get(path.at(-1) ?? '') ?? []).map((file) => [...path, file]));
      const back = paths.find((path) => path.at(-1) === start);
      if (back !== undefined) return back.slice(1);
      paths = paths.filter((path) => {
        const file = path.at(-1) ?? '';
        return !reached.has(file) && reached.add(file);
      });
    }
    return undefined;
  }

  const filesOf = new Map(sources.map(({ path, files }) => [path, files]));

  it('have no cycles', () => {
    const found = sources.flatMap(({ path }) => {
      const cycle = cycleThrough(path);
      return cycle === undefined ? [] : [cycle];
    });
    // Each file of a cycle finds it again: printed once, by its members.
    const cycles = new Map(found.map((cycle) => [cycle.toSorted().join(), [cycle.at(-1), ...cycle].join(' -> ')]));
    expect([...cycles.values()]).toEqual([]);
  });
});

describe('an exported name', () => {
  /** Each engine has its own of these two: one name, because they mean the same. */
  const onEachEngine = ['asStoreError', 'connectionTo'];

  it('means one thing: no other file exports it', () => {
    const exported = /^export (?:async )?(?:function|const|class|interface|type) (\w+)/gm;
    const files = new Map<string, Set<string>>();
    for (const { path, text } of sources) {
      for (const [, name = ''] of text.matchAll(exported)) files.set(name, (files.get(name) ?? new Set()).add(path));
    }
    expect(files.size).toBeGreaterThan(1000);
    const shared = [...files].filter(([name, paths]) => paths.size > 1 && !onEachEngine.includes(name));
    expect(shared.map(([name, paths]) => `${name}: ${[...paths].join(', ')}`)).toEqual([]);
  });
});

describe('the rules', () => {
  const pure = inFolders(...rules, 'ports');

  it('use no module that reaches the world', () => {
    const wrong = offences(pure, ({ path, modules }) =>
      modules.filter((name) => !modulesOfRules.includes(name) && !modulesOfOne[path]?.includes(name)),
    );
    expect(wrong).toEqual([]);
  });

  it('read no clock and no randomness of their own', () => {
    const forbidden =
      /Date\.now|new Date\(\s*\)|performance\.|Math\.random|random(?:Bytes|UUID|Int|Fill)|hrtime|setTimeout|setInterval/g;
    const strict = pure.filter(({ path }) => path !== 'accounts/hashing.ts');
    expect(offences(strict, ({ text }) => withoutComments(text).match(forbidden) ?? [])).toEqual([]);
  });

  it('know no environment, no file and no console', () => {
    const forbidden = /process\.(?:env|stdout|stderr|exit)|\bconsole\.|\bfetch\(/g;
    expect(offences(pure, ({ text }) => withoutComments(text).match(forbidden) ?? [])).toEqual([]);
  });

  it('are tested beside each file', () => {
    const untested = inFolders(...rules)
      .filter(({ text }) => /^(?:export )?(?:async )?function |^export class /m.test(text))
      .filter(({ path }) => !existsSync(join(root, path.replace(/\.ts$/, '.test.ts'))))
      .map(({ path }) => path);
    expect(untested.filter((path) => !testedInFlows.includes(path))).toEqual([]);
  });
});

describe('the ports', () => {
  it('are types only, but for the errors and the end of time that both sides share', () => {
    const values = offences(inFolders('ports'), ({ text }) => text.match(/^export (?!type|interface)[^{=]*/gm) ?? []);
    expect(values.map((value) => value.trim())).toEqual([
      'ports/mail.ts: export class MailRejected extends Error',
      'ports/password-hasher.ts: export class HashingBusy extends Error',
      'ports/store/devices.ts: export const endOfTime',
      'ports/store/index.ts: export class StoreUnavailable extends Error',
    ]);
  });
});

describe('the transactions', () => {
  it('are all known to the thread that writes, which loads what the store uses', () => {
    const defined = inFolders('storage').flatMap(({ text }) =>
      [...text.matchAll(/\btransaction\(\s*'([^']+)'/g)].map(([, name]) => name),
    );
    expect(defined.length).toBeGreaterThan(50);
    expect(defined.sort()).toEqual([...transactions.keys()].sort());
    expect(sources.find(({ path }) => path === 'storage/sqlite/worker.ts')?.files).toContain('storage/store.ts');
  });
});

describe('the audit log', () => {
  it('is appended to apart from a change in three places: failed attempts, a copy of the log, a removed key', () => {
    const appending = sources.filter(({ text }) => /\baudit\s*\.append\(/.test(withoutComments(text)));
    expect(appending.map(({ path }) => path)).toEqual(['cli/commands/keys.ts', 'main.ts', 'pages/console/audit.tsx']);
  });

  it('has only events that its filters and its words know', () => {
    const written = /\baction: '([a-z_]+\.[a-z_]+)'/g;
    const unknown = offences(sources, ({ text }) =>
      [...text.matchAll(written)].flatMap(([, action = '']) => (actions.includes(action) ? [] : [action])),
    );
    expect(unknown).toEqual([]);
  });
});

describe('the edge', () => {
  it('has SQL in the storage only', () => {
    const wrong = offences(
      sources.filter(({ folder }) => folder !== 'storage'),
      ({ modules }) => modules.filter((name) => /^(kysely|pg|node:sqlite)/.test(name)),
    );
    expect(wrong).toEqual([]);
  });

  it('has HTML in the pages and mails only, and none of it raw', () => {
    const elsewhere = sources.filter(({ folder }) => folder !== 'mail' && folder !== 'pages');
    expect(offences(elsewhere, ({ modules }) => modules.filter((name) => name.startsWith('preact')))).toEqual([]);
    const raw = sources.filter(({ text }) => /dangerouslySetInnerHTML|innerHTML/.test(text));
    expect(raw.map(({ path }) => path)).toEqual(['pages/docs/markdown/prose.tsx']);
  });

  it('reads the environment in the command line only', () => {
    const wrong = offences(sources, ({ path, text }) =>
      path.startsWith('cli/') ? [] : (withoutComments(text).match(/process\.env/g) ?? []),
    );
    expect(wrong).toEqual([]);
  });
});

describe('the pages', () => {
  const importers = (folder: string, imported: readonly string[]) =>
    offences(
      sources.filter(({ path }) => path.startsWith(`pages/${folder}/`)),
      ({ files }) => files.filter((file) => imported.some((name) => file.startsWith(`pages/${name}/`))),
    );

  it('of console and portal do not import each other: what both need is in pages/shared/', () => {
    expect(importers('console', ['developer'])).toEqual([]);
    expect(importers('developer', ['console'])).toEqual([]);
    expect(importers('shared', ['console', 'developer'])).toEqual([]);
  });
});

describe('a file', () => {
  it('has at most 400 lines', () => {
    expect(offences(sources, ({ text }) => (text.split('\n').length > 401 ? ['too long'] : []))).toEqual([]);
  });

  it('shares its folder with at most 19 others, tests apart', () => {
    const sizes = Map.groupBy(sources, ({ path }) => dirname(path));
    const crowded = [...sizes].filter(([, files]) => files.length > 20).map(([folder]) => folder);
    expect(crowded).toEqual([]);
  });

  it('imports with the name that is on the disk', () => {
    expect(offences(sources, ({ files }) => files.filter((file) => !/\.tsx?$/.test(file)))).toEqual([]);
  });

  it('is named in the tree of docs/architecture.md, by its folder', () => {
    const page = readFileSync(join(root, '../docs/architecture.md'), 'utf8');
    for (const folder of Object.keys(mayImport)) {
      expect(page).toContain(`  ${folder}${folder.includes('.') ? '' : '/'} `);
    }
  });
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}
