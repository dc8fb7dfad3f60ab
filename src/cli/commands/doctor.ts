import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import { type Config, ConfigError } from '../../config/load.ts';
import { appendProblem } from '../../system/anchor-file.ts';
import { keyRingExists, openKeyRing } from '../../system/key-ring.ts';
import { ringProblem } from '../../system/platform-ring.ts';
import { examineApplications } from '../application-findings.ts';
import { configFrom, type DataOptions, printResult, withDataOptions } from '../command.ts';
import { type Finding, failed, ok, warning } from '../findings.ts';
import { examineDatabase } from './doctor-database.ts';

const marks = { ok: 'ok     ', warning: 'warning', failed: 'FAILED ' } as const;
const minFreeBytes = 500 * 1024 * 1024;

/** `insiders doctor`. Creates and migrates nothing. */
export function doctorCommand(program: Command): void {
  withDataOptions(program.command('doctor'))
    .description('check configuration, data directory, keys and database, without changing them')
    .action(async (options: DataOptions) => {
      const findings = await examine(options);
      const lines = findings.map(({ check, result, text }) => `${marks[result]}  ${check.padEnd(14)}  ${text}`);
      printResult(options, { findings }, lines.join('\n'));
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
  const { finding, found } = await examineDatabase(config, async (store) => ({
    keyProblem: await ringProblem(config, store.ringKeys),
    applications: examineApplications(await store.applications.list()),
  }));
  return [
    node,
    ok('configuration', 'every setting can be used'),
    examineUrl(config),
    ...examineDirectory(config),
    examineKeys(config, found?.keyProblem),
    ...examineAnchor(config),
    finding,
    ...(found?.applications ?? []),
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
  if (!existsSync(dataDir))
    return [warning('data directory', `${dataDir} does not exist yet; insiders serve creates it`)];
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
    bavail * bsize < minFreeBytes ? warning('disk', free) : ok('disk', free),
  ];
}

/** Checks that the server can append the head of the audit log to its file. */
function examineAnchor({ auditAnchor }: Config): readonly Finding[] {
  if (auditAnchor === null) return [];
  const problem = appendProblem(auditAnchor);
  return problem === undefined
    ? [ok('audit anchor', auditAnchor)]
    : [failed('audit anchor', `${auditAnchor} can't be written by this user (${problem})`)];
}

/**
 * Checks the ring of keys without creating it; the server creates it when it starts.
 * @param problem why the ring can't serve this database; `undefined`: it can, or the database is not open
 */
function examineKeys(config: Config, problem: string | undefined): Finding {
  if (problem !== undefined) return failed('keys', problem);
  if (!keyRingExists(config)) return warning('keys', 'there are none yet; insiders serve creates them');
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
