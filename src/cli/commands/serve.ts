import closeWithGrace from 'close-with-grace';
import type { Command } from 'commander';
import type { Config } from '../../config/load.ts';
import type { Store } from '../../ports/store/index.ts';
import { openStore, storeLocationOf } from '../../storage/open.ts';
import { configFrom, type DataOptions, withDataOptions } from '../context.ts';
import { endSignals, onEndSignal } from '../end-signals.ts';
import { prepareDemo } from './demo.ts';

interface ServeOptions extends DataOptions {
  readonly host?: string;
  readonly port?: string;
  readonly publicUrl?: string;
  readonly demo?: boolean;
}

/** How long, in ms, requests under way may take after the signal to end and the drain delay. */
const grace = 15_000;

/** `insiders serve` */
export function serveCommand(program: Command): void {
  withDataOptions(program.command('serve'))
    .description('start the server')
    .option('--host <address>', 'listen on this address (INSIDERS_HOST)')
    .option('--port <port>', 'listen on this port (INSIDERS_PORT)')
    .option('--public-url <url>', 'the origin that browsers and applications use (INSIDERS_PUBLIC_URL)')
    .option('--demo', 'make demo accounts at the first start, and print them')
    .action(serve);
}

async function serve(options: ServeOptions): Promise<void> {
  surviveLostOutput();
  const { host, port, publicUrl, demo } = options;
  const config = configFrom(options, { host, port, publicUrl, demo: demo ?? false });
  // Only this command needs the whole product; its store opens while the rest is loaded.
  const opening = openStore(storeLocationOf(config));
  opening.catch(() => {});
  const { startServer } = await import('../../main.ts');
  const demoText = config.demo ? await demoIn(await opening, config) : '';
  const server = await startServer(config, opening);
  const delay = config.drainSeconds * 1000 + grace;
  const ending = closeWithGrace(
    { delay, logger: false, skip: [...endSignals], onSecondError: server.logFatal },
    async (reason) => {
      if (!('err' in reason)) {
        await server.drain();
        return server.close();
      }
      // After an error that nobody caught, no more requests are taken.
      server.logFatal(reason.err);
      await server.close();
      // Rejects, so that the exit code is 1 even if what was thrown is undefined.
      throw reason.err;
    },
  );
  onEndSignal(ending.close, () => process.exit(1));
  process.stdout.write(demoText);
  process.stdout.write(`insiders is ready at ${server.url}\n`);
}

async function demoIn(store: Store, config: Config): Promise<string> {
  try {
    return await prepareDemo(config, store);
  } catch (error) {
    // An open store would keep the program running.
    await store.close();
    throw error;
  }
}

/** A disk that is full of log lines, or a reader of them that is gone, must not end the service. */
function surviveLostOutput(): void {
  for (const output of [process.stdout, process.stderr]) output.on('error', () => {});
}
