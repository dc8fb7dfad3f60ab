import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { StoreUnavailable } from '../../ports/store/index.ts';
// Every transaction registers itself where it is defined, and the store uses them all.
import '../store.ts';
import type { FromWriter, Request, ToWriter, TransactionResult } from './protocol.ts';
import { openWriter, type Writer } from './writer.ts';

/*
 * The writer thread. Requests queue while one transaction runs; the next one takes all of them, so that they share one
 * commit, and the main thread never waits for the disk.
 */
const port = parentPort as MessagePort;
const { file } = workerData as { readonly file: string };
const gathered: Request[] = [];
let writer: Writer | undefined;
/** Opening counts as running: nothing is done before. */
let running = true;
let closing = false;

function say(message: FromWriter): void {
  port.postMessage(message);
}

port.on('message', (message: ToWriter) => {
  if (message.kind === 'close') closing = true;
  else gathered.push(...message.requests);
  if (!running) work();
});

async function work(): Promise<void> {
  running = true;
  while (gathered.length > 0) {
    say({ kind: 'answers', answers: await run(gathered.splice(0)) });
    // Lets the messages in that came meanwhile.
    await new Promise(setImmediate);
  }
  running = false;
  if (closing) end();
}

async function run(requests: readonly Request[]): Promise<readonly TransactionResult[]> {
  try {
    writer ??= (await openWriter(file)).writer;
    return await writer.run(requests);
  } catch (error) {
    startAfresh();
    return requests.map(({ id }) => ({ id, outcome: 'unavailable', message: messageOf(error) }));
  }
}

/** After a failure of the disk nothing that the connection remembers can be trusted. */
function startAfresh(): void {
  const failed = writer;
  writer = undefined;
  try {
    failed?.close();
  } catch {
    // It was unusable already.
  }
}

function end(): void {
  startAfresh();
  port.close();
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

try {
  const opened = await openWriter(file);
  writer = opened.writer;
  say({ kind: 'ready', migrated: opened.migrated });
  work();
} catch (error) {
  say({ kind: 'unusable', unavailable: error instanceof StoreUnavailable, message: messageOf(error) });
  port.close();
}
