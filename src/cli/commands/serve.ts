import closeWithGrace from 'close-with-grace';
import type { Command } from 'commander';
import type { Config } from '../../config/load.ts';
import type { Store } from '../../ports/store/index.ts';
import { openStore, storeLocationOf } from '../../storage/open.ts';
import { auditKeysOf } from '../../system/audit-keys.ts';
import { systemClock } from '../../system/clock.ts';
import { openPlatformRing } from '../../system/platform-ring.ts';
import { configFrom, type DataOptions, withDataOptions } from '../command.ts';
import { endSignals, onEndSignal } from '../end-signals.ts';
import { prepareDemo } from './demo.ts';

interface ServeOptions extends DataOptions {
  readonly host?: string;
  readonly port?: string;
  readonly publicUrl?: string;
  readonly demo?: boolean;
}

/** Milliseconds that requests in flight may take after the signal and the drain delay. */
const graceMs = 15_000;

/** `insiders serve` */
export function serveCommand(program: Command): void {
  withDataOptions(program.command('serve'))
    .description('create or upgrade the database, and start the server')
    .option('--host <address>', 'address to listen on (INSIDERS_HOST)')
    .option('--port <port>', 'port to listen on (INSIDERS_PORT)')
    .option('--public-url <url>', 'origin that browsers and applications use (INSIDERS_PUBLIC_URL)')
    .option('--demo', 'create demo accounts and applications at the first start, and print their credentials')
    .action(serve);
}

async function serve(options: ServeOptions): Promise<void> {
  ignoreOutputErrors();
  const { host, port, publicUrl, demo } = options;
  const config = configFrom(options, { host, port, publicUrl, demo: demo ?? false });
  // The store opens (and migrates) while the modules of the server load, which no other command needs.
  const opening = openStore(storeLocationOf(config));
  opening.catch(() => {});
  const { startServer } = await import('../../main.ts');
  const demoText = config.demo ? await demoOn(await opening, config) : '';
  const server = await startServer(config, opening);
  const delay = config.drainSeconds * 1000 + graceMs;
  const shutdown = closeWithGrace(
    { delay, logger: false, skip: [...endSignals], onSecondError: server.logFatal },
    async (reason) => {
      if (!('err' in reason)) {
        await server.drain();
        return server.close();
      }
      // After an uncaught error the server stops listening at once, without the drain delay.
      server.logFatal(reason.err);
      await server.close();
      // Rejecting sets the exit code to 1, even if the thrown value is undefined.
      throw reason.err;
    },
  );
  onEndSignal(shutdown.close, () => process.exit(1));
  process.stdout.write(demoText);
  process.stdout.write(`insiders is ready at ${server.url}\n`);
}

/** Creates the demo data, and closes the store if that fails. Returns the text to print. */
async function demoOn(store: Store, config: Config): Promise<string> {
  try {
    const keys = await openPlatformRing(config, store.ringKeys, systemClock.now());
    store.audit.useKeys(auditKeysOf(keys));
    return await prepareDemo(config, store);
  } catch (error) {
    // An open store would keep the process alive.
    await store.close();
    throw error;
  }
}

/** Keeps the server running if its output can't be written: the disk is full, or the reader of the pipe is gone. */
function ignoreOutputErrors(): void {
  for (const output of [process.stdout, process.stderr]) output.on('error', () => {});
}
