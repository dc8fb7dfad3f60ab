import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { StoreUnavailable } from '../../ports/store/index.ts';
// Loads the modules of all transactions, which register themselves when they are defined.
import '../store.ts';
import type { FromWriter, ToWriter, TransactionRequest, TransactionResult } from './protocol.ts';
import { openWriter, type Writer } from './writer.ts';

/*
 * The writer thread. Requests queue while a group runs; the next group takes all of them, so that they share one
 * commit. The main thread never blocks on the disk.
 */
const port = parentPort as MessagePort;
const { file } = workerData as { readonly file: string };
const queue: TransactionRequest[] = [];
let writer: Writer | undefined;
/** A group runs, or the database is being opened: requests stay in the queue. */
let busy = true;
let closing = false;

function send(message: FromWriter): void {
  port.postMessage(message);
}

port.on('message', (message: ToWriter) => {
  if (message.kind === 'close') closing = true;
  else queue.push(...message.requests);
  if (!busy) runQueue();
});

async function runQueue(): Promise<void> {
  busy = true;
  while (queue.length > 0) {
    send({ kind: 'results', results: await runGroup(queue.splice(0)) });
    // Receive the messages that arrived meanwhile.
    await new Promise(setImmediate);
  }
  busy = false;
  if (closing) end();
}

async function runGroup(requests: readonly TransactionRequest[]): Promise<readonly TransactionResult[]> {
  try {
    writer ??= (await openWriter(file)).writer;
    return await writer.run(requests);
  } catch (error) {
    closeWriter();
    return requests.map(({ id }) => ({ id, outcome: 'unavailable', message: messageOf(error) }));
  }
}

/** After an I/O error the page cache of a connection can't be trusted: the next group opens a new one. */
function closeWriter(): void {
  const failed = writer;
  writer = undefined;
  try {
    failed?.close();
  } catch {
    // A connection that failed may also fail to close.
  }
}

function end(): void {
  closeWriter();
  port.close();
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

try {
  const opened = await openWriter(file);
  writer = opened.writer;
  send({ kind: 'ready', migrated: opened.migrated });
  runQueue();
} catch (error) {
  send({ kind: 'unusable', unavailable: error instanceof StoreUnavailable, message: messageOf(error) });
  port.close();
}
