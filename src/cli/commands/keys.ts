import type { Command } from 'commander';
import type { AuditAction } from '../../audit/actions.ts';
import type { AuditFields } from '../../audit/fields.ts';
import type { Config } from '../../config/load.ts';
import { maxAccessTokenSeconds } from '../../config/settings.ts';
import type { Key } from '../../ports/keys.ts';
import type { AuditLog, Store } from '../../ports/store/index.ts';
import { auditKeyOf, auditKeysOf } from '../../system/audit-keys.ts';
import { systemClock as clock } from '../../system/clock.ts';
import {
  droppedByRotation,
  type KeyRing,
  keyRingExists,
  openKeyRing,
  retireKey,
  rotateKeys,
  untilRingIsRead,
} from '../../system/key-ring.ts';
import { openPlatformRing, recordRingChange, ringKeyOf } from '../../system/platform-ring.ts';
import {
  CommandError,
  configFrom,
  type DataOptions,
  printResult,
  withDataOptions,
  withMigratedStore,
} from '../command.ts';

/**
 * How long, in ms, a token under a key can be valid after the key was replaced: the longest lifetime, and a day for
 * servers and clocks that are behind.
 */
const maxTokenMs = (maxAccessTokenSeconds + 86_400) * 1000;

/** `insiders keys list | rotate | retire | adopt` */
export function keysCommand(program: Command): void {
  const keys = program.command('keys').description('manage the ring of keys that protects access tokens');
  withDataOptions(keys.command('list')).description('list the IDs of the keys, the current one first').action(list);
  withDataOptions(keys.command('rotate'))
    .description('protect new access tokens with a new key; existing access tokens stay valid')
    .action(rotate);
  withDataOptions(keys.command('retire'))
    .description('remove an old key, for example one that leaked; its access tokens become invalid')
    .argument('<id>', 'ID of the key, as keys list shows it')
    .action(retire);
  withDataOptions(keys.command('adopt'))
    .description('use this ring of keys in place of a lost one; access tokens of the lost keys become invalid')
    .action(adopt);
}

/**
 * Changes the ring of keys, and stores the fingerprints of its keys in the database. Before the change it checks that
 * the ring is the one of this database. @throws {KeyRingError} it is not
 */
function withRing<T>(
  options: DataOptions,
  work: (config: Config, ring: KeyRing, store: Pick<Store, 'audit' | 'ringKeys'>) => Promise<T>,
): Promise<T> {
  const config = configFrom(options);
  return withMigratedStore(options, async ({ ringKeys, audit }) => {
    const ring = await openPlatformRing(config, ringKeys, clock.now());
    audit.useKeys(auditKeysOf(ring));
    const result = await work(config, ring, { audit, ringKeys });
    await openPlatformRing(config, ringKeys, clock.now());
    return result;
  });
}

function eventOf(action: AuditAction, detail: AuditFields) {
  return { at: clock.now(), actor: { kind: 'command-line' } as const, action, subject: 'platform', detail };
}

/** Opens no database. */
async function list(options: DataOptions): Promise<void> {
  const config = configFrom(options);
  if (!keyRingExists(config))
    throw new CommandError(`There is no ring of keys in ${config.dataDir} yet; insiders serve creates it.`);
  const ids = openKeyRing(config)
    .all()
    .map(({ id }) => id);
  const lines = ids.map((id, index) => `${id}${index === 0 ? '  current' : ''}`);
  printResult(options, { keys: ids.map((id, index) => ({ id, current: index === 0 })) }, lines.join('\n'));
}

async function rotate(options: DataOptions): Promise<void> {
  refuseSetting(
    configFrom(options),
    'Add a new "id:secret" at its end on every node, restart them all, and then move it to the front in the same way.',
  );
  const rotation = { now: clock.now(), maxTokenMs };
  const { currentId, kept } = await withRing(options, async (config, ring, { audit, ringKeys }) => {
    const { dataDir } = config;
    for (const key of droppedByRotation(dataDir, rotation)) await sealKey(audit, ring, key);
    const rotated = rotateKeys(dataDir, rotation);
    await recordRingChange(config, ringKeys, { event: eventOf('keys.rotated', { key: rotated.currentId }) });
    return rotated;
  });
  printResult(
    options,
    { current: currentId, kept },
    `Key ${currentId} is current now; ${kept} older keys are kept to verify existing access tokens.`,
  );
}

async function retire(text: string, options: DataOptions): Promise<void> {
  if (!/^[0-9]{1,3}$/.test(text)) throw new CommandError(`"${text}" is not the ID of a key.`);
  const id = Number(text);
  const retired = await withRing(options, async ({ dataDir, secretKeys }, ring, { audit }) => {
    const key = ring.find(id);
    if (key !== undefined && key !== ring.current()) {
      // After that no server appends an entry of this key.
      if (secretKeys === null) await untilRingIsRead(dataDir);
      await sealKey(audit, ring, key);
    }
    if (secretKeys === null) return retireKey(dataDir, id);
    if (key === undefined) return 'unknown';
    return key === ring.current() ? 'current' : 'sealed';
  });
  if (retired === 'unknown') throw new CommandError(`There is no key ${id} in the ring.`);
  if (retired === 'current') throw new CommandError(`Key ${id} is the current one: run insiders keys rotate first.`);
  const sentence =
    retired === 'sealed'
      ? `The audit log needs key ${id} no longer. Remove it from INSIDERS_SECRET_KEYS on every node, and restart them all.`
      : `Key ${id} is removed: its access tokens become invalid within a second.`;
  printResult(options, { retired: id }, sentence);
}

/** Replaces the fingerprints in the database by the current key of this ring. */
async function adopt(options: DataOptions): Promise<void> {
  const config = configFrom(options);
  const current = await withMigratedStore(options, async ({ ringKeys, audit }) => {
    const ring = openKeyRing(config);
    const key = ringKeyOf(ring.current());
    audit.useKeys(auditKeysOf(ring));
    const sealed = await namesBeyond(audit, ring.all());
    const detail = { key: key.id, ...(sealed.length > 0 && { sealed }) };
    await ringKeys.adopt(key, { event: eventOf('keys.adopted', detail) });
    return key.id;
  });
  printResult(
    options,
    { current },
    `The ring is accepted; key ${current} is current. Restart servers that have another ring.`,
  );
}

/**
 * Appends the audit entry of a key that is removed. While its entries can still be checked, it checks the log; if it is
 * sound, the entry seals this key and all that were removed before.
 */
async function sealKey(audit: AuditLog, ring: KeyRing, key: Key): Promise<void> {
  const names = await namesBeyond(
    audit,
    ring.all().filter((other) => other !== key),
  );
  const isSound = names.length === 0 || (await audit.verify()).outcome === 'ok';
  const detail = { key: key.id, ...(isSound && names.length > 0 && { sealed: names }) };
  await audit.append(eventOf('keys.retired', detail));
  if (!isSound)
    process.stderr.write(`Key ${key.id} is removed, but insiders audit verify finds an error in the log.\n`);
}

/** The names of the keys of the audit log that are not among `ring`. */
async function namesBeyond(audit: AuditLog, ring: readonly Key[]): Promise<readonly string[]> {
  const kept = ring.map((key) => auditKeyOf(key).name);
  return (await audit.keyNames()).filter((name) => !kept.includes(name));
}

/** A ring in the environment can't be changed by a command. @throws {CommandError} */
function refuseSetting({ secretKeys }: Config, advice: string): void {
  if (secretKeys !== null) throw new CommandError(`The ring is in INSIDERS_SECRET_KEYS. ${advice}`);
}
