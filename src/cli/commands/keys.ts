import type { Command } from 'commander';
import type { AuditFields } from '../../audit/fields.ts';
import type { Config } from '../../config/load.ts';
import { systemClock as clock } from '../../system/clock.ts';
import { keyRingExists, openKeyRing, retireKey, rotateKeys } from '../../system/key-ring.ts';
import { openPlatformRing, ringKeyOf } from '../../system/platform-ring.ts';
import { CommandError, configFrom, type DataOptions, printResult, withDataOptions, withStore } from '../context.ts';

/** `insiders keys list|rotate|retire|adopt` */
export function keysCommand(program: Command): void {
  const keys = program.command('keys').description('the ring of keys that protects access tokens');
  withDataOptions(keys.command('list')).description('the ids of the keys, the current one first').action(list);
  withDataOptions(keys.command('rotate'))
    .description('protect new access tokens with a new key; tokens under the old ones stay valid')
    .action(rotate);
  withDataOptions(keys.command('retire'))
    .description('remove an old key, for example one that leaked; access tokens under it stop working')
    .argument('<id>', 'its number, as list shows it')
    .action(retire);
  withDataOptions(keys.command('adopt'))
    .description('accept this ring in place of one that is lost; access tokens under the lost keys stop working')
    .action(adopt);
}

/** Introduces the ring as it is, so that no wrong one is changed in the belief that it is the platform's. */
function withRing<T>(options: DataOptions, work: (config: Config) => T): Promise<T> {
  const config = configFrom(options);
  return withStore(options, async ({ ringKeys }) => {
    await openPlatformRing(config, ringKeys, clock.now());
    const result = work(config);
    await openPlatformRing(config, ringKeys, clock.now());
    return result;
  });
}

async function list(options: DataOptions): Promise<void> {
  const config = configFrom(options);
  if (!keyRingExists(config))
    throw new CommandError(`There is no ring of keys in ${config.dataDir} yet; serve makes it.`);
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
  const { currentId, kept } = await withRing(options, ({ dataDir }) => rotateKeys(dataDir));
  const result = { current: currentId, kept };
  printResult(
    options,
    result,
    `Key ${currentId} is current now; ${kept} older ones are kept to check what they protect.`,
  );
}

async function retire(text: string, options: DataOptions): Promise<void> {
  refuseSetting(configFrom(options), 'Remove the key there on every node, and restart them all.');
  if (!/^[0-9]{1,3}$/.test(text)) throw new CommandError(`"${text}" is not the id of a key.`);
  const id = Number(text);
  const retired = await withRing(options, ({ dataDir }) => retireKey(dataDir, id));
  if (retired === 'unknown') throw new CommandError(`There is no key ${id} in the ring.`);
  if (retired === 'current') throw new CommandError(`Key ${id} is the current one: run insiders keys rotate first.`);
  printResult(options, { retired: id }, `Key ${id} is removed: access tokens under it stop working within a second.`);
}

async function adopt(options: DataOptions): Promise<void> {
  const config = configFrom(options);
  const current = await withStore(options, async ({ ringKeys }) => {
    const key = ringKeyOf(openKeyRing(config).current());
    const actor = { kind: 'command-line' } as const;
    const detail: AuditFields = { key: key.id };
    const event = { at: clock.now(), actor, action: 'keys.adopted', subject: 'platform', detail };
    await ringKeys.adopt(key, { event });
    return key.id;
  });
  printResult(
    options,
    { current },
    `The ring is accepted; key ${current} is current. Restart servers that have another one.`,
  );
}

function refuseSetting({ secretKeys }: Config, advice: string): void {
  if (secretKeys !== null) throw new CommandError(`The ring is in INSIDERS_SECRET_KEYS. ${advice}`);
}
