import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { type Config, ConfigError } from '../config/load.ts';
import { UnsupportedDatabase } from '../storage/errors.ts';
import { openStore, placeOf } from '../storage/open.ts';
import { openKeyRing } from '../system/key-ring.ts';
import { answer, configFrom, type DataOptions, withDataOptions } from './context.ts';

interface Finding {
  readonly check: string;
  readonly result: 'ok' | 'warning' | 'failed';
  /** What it is, and what mends it. */
  readonly text: string;
}

const marks = { ok: 'ok     ', warning: 'warning', failed: 'FAILED ' } as const;
const leastFreeBytes = 500 * 1024 * 1024;

/** `insiders doctor` */
export function doctorCommand(program: Command): void {
  withDataOptions(program.command('doctor'))
    .description('check the configuration, the data directory, the keys and the database')
    .action(async (options: DataOptions) => {
      const findings = await examine(options);
      const lines = findings.map(({ check, result, text }) => `${marks[result]}  ${check.padEnd(14)}  ${text}`);
      answer(options, { findings }, lines.join('\n'));
      if (findings.some(({ result }) => result === 'failed')) process.exitCode = 1;
    });
}

async function examine(options: DataOptions): Promise<readonly Finding[]> {
  const node = ok('Node', process.version);
  let config: Config;
  try {
    config = configFrom(options);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [node, ...error.problems.map((text) => failed('configuration', text))];
  }
  return [
    node,
    ok('configuration', 'every setting can be used'),
    examineUrl(config),
    ...examineDirectory(config),
    examineKeys(config),
    await examineDatabase(config),
  ];
}

function examineUrl({ publicUrl, trustProxy }: Config): Finding {
  if (publicUrl.startsWith('https://') && trustProxy === false) {
    return warning(
      'public URL',
      `${publicUrl}, but no proxy is trusted: set INSIDERS_TRUST_PROXY to see real addresses`,
    );
  }
  return ok('public URL', publicUrl);
}

function examineDirectory({ dataDir }: Config): readonly Finding[] {
  if (!existsSync(dataDir)) return [warning('data directory', `${dataDir} does not exist yet; serve makes it`)];
  try {
    accessSync(dataDir, constants.W_OK);
  } catch {
    return [failed('data directory', `${dataDir} can't be written by this user`)];
  }
  const { bavail, bsize } = statfsSync(dataDir);
  const free = `${Math.round((bavail * bsize) / 1024 / 1024)} MB free`;
  return [
    (statSync(dataDir).mode & 0o077) === 0
      ? ok('data directory', dataDir)
      : warning('data directory', `${dataDir} can be read by others; run: chmod 700 ${dataDir}`),
    bavail * bsize < leastFreeBytes ? warning('disk', free) : ok('disk', free),
  ];
}

/** Looks, and makes nothing: what is missing in the data directory is made when the server starts. */
function examineKeys(config: Config): Finding {
  if (config.secretKeys === null && !existsSync(join(config.dataDir, 'keys.json'))) {
    return warning('keys', 'there are none yet; serve makes them');
  }
  try {
    const { id } = openKeyRing(config).current();
    const where = config.secretKeys === null ? 'in the data directory' : 'in INSIDERS_SECRET_KEYS';
    const alone = config.databaseUrl !== null && config.secretKeys === null;
    return alone
      ? warning('keys', 'in the data directory; several nodes need the same ring in INSIDERS_SECRET_KEYS')
      : ok('keys', `${where}, current key ${id}`);
  } catch (error) {
    return failed('keys', error instanceof Error ? error.message : 'unreadable');
  }
}

async function examineDatabase(config: Config): Promise<Finding> {
  const kind = config.databaseUrl === null ? 'SQLite' : 'PostgreSQL';
  if (config.databaseUrl === null && !existsSync(config.dataDir))
    return warning('database', 'there is none yet; serve makes it');
  try {
    const store = await openStore(placeOf(config));
    await store.maintenance.check({ write: true });
    const { applied } = await store.maintenance.migrations();
    await store.close();
    return ok('database', `${kind}, reads and writes, ${applied.length} migrations`);
  } catch (error) {
    if (error instanceof UnsupportedDatabase) return failed('database', error.message);
    return failed('database', `${kind} can't be reached or written; is the address right, and is there space?`);
  }
}

function ok(check: string, text: string): Finding {
  return { check, result: 'ok', text };
}

function warning(check: string, text: string): Finding {
  return { check, result: 'warning', text };
}

function failed(check: string, text: string): Finding {
  return { check, result: 'failed', text };
}
