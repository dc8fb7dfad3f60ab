import type { Command } from 'commander';
import { rotateKeys } from '../system/key-ring.ts';
import { answer, configFrom, type DataOptions, Refused, withDataOptions } from './context.ts';

/** `insiders keys rotate` */
export function keysCommand(program: Command): void {
  const keys = program.command('keys').description('the ring of keys that protects access tokens');
  withDataOptions(keys.command('rotate'))
    .description('protect new access tokens with a new key; tokens under the old ones stay good')
    .action(rotate);
}

async function rotate(options: DataOptions): Promise<void> {
  const config = configFrom(options);
  if (config.secretKeys !== null) {
    throw new Refused(
      'The ring is in INSIDERS_SECRET_KEYS. Add a new "id:secret" at its end on every node, restart them all, and then move it to the front in the same way.',
    );
  }
  const { currentId, kept } = rotateKeys(config.dataDir);
  const result = { current: currentId, kept };
  answer(options, result, `Key ${currentId} is current now; ${kept} older ones are kept to check what they protect.`);
}
