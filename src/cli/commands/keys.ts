import type { Command } from 'commander';
import type { AuditAction } from '../../audit/actions.ts';
import type { AuditFields } from '../../audit/fields.ts';
import type { Config } from '../../config/load.ts';
import { maxAccessTokenSeconds } from '../../config/settings.ts';
import { systemClock as clock } from '../../system/clock.ts';
import { keyRingExists, openKeyRing, retireKey, rotateKeys } from '../../system/key-ring.ts';
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
 * Changes the ring of keys, and then writes the fingerprint of its current key and the audit entry, in one transaction.
 * Before the change it checks that the ring is the one of this database. `change` returns the ID of the key, for
 * the audit entry, and whatever else the command prints.
 * @throws {KeyRingError} the ring is not the one of this database
 */
function changeRing<T extends { readonly key: number }>(
  options: DataOptions,
  action: 'keys.rotated' | 'keys.retired',
  change: (config: Config) => T,
): Promise<T> {
  const config = configFrom(options);
  return withMigratedStore(options, async ({ ringKeys }) => {
    await openPlatformRing(config, ringKeys, clock.now());
    const changed = change(config);
    await recordRingChange(config, ringKeys, { event: eventOf(action, changed.key) });
    return changed;
  });
}

function eventOf(action: AuditAction, key: number) {
  const detail: AuditFields = { key };
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
  const { key, kept } = await changeRing(options, 'keys.rotated', ({ dataDir }) => {
    const { currentId, kept } = rotateKeys(dataDir, { now: clock.now(), maxTokenMs });
    return { key: currentId, kept };
  });
  printResult(
    options,
    { current: key, kept },
    `Key ${key} is current now; ${kept} older keys are kept to verify existing access tokens.`,
  );
}

async function retire(text: string, options: DataOptions): Promise<void> {
  refuseSetting(configFrom(options), 'Remove the key there on every node, and restart them all.');
  if (!/^[0-9]{1,3}$/.test(text)) throw new CommandError(`"${text}" is not the ID of a key.`);
  const id = Number(text);
  await changeRing(options, 'keys.retired', ({ dataDir }) => {
    const retired = retireKey(dataDir, id);
    if (retired === 'unknown') throw new CommandError(`There is no key ${id} in the ring.`);
    if (retired === 'current') throw new CommandError(`Key ${id} is the current one: run insiders keys rotate first.`);
    return { key: id };
  });
  printResult(options, { retired: id }, `Key ${id} is removed: its access tokens become invalid within a second.`);
}

/** Replaces the fingerprints in the database by the current key of this ring. */
async function adopt(options: DataOptions): Promise<void> {
  const config = configFrom(options);
  const current = await withMigratedStore(options, async ({ ringKeys }) => {
    const key = ringKeyOf(openKeyRing(config).current());
    await ringKeys.adopt(key, { event: eventOf('keys.adopted', key.id) });
    return key.id;
  });
  printResult(
    options,
    { current },
    `The ring is accepted; key ${current} is current. Restart servers that have another ring.`,
  );
}

/** A ring in the environment can't be changed by a command. @throws {CommandError} */
function refuseSetting({ secretKeys }: Config, advice: string): void {
  if (secretKeys !== null) throw new CommandError(`The ring is in INSIDERS_SECRET_KEYS. ${advice}`);
}
