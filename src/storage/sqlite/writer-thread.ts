import { Worker } from 'node:worker_threads';
import { StoreUnavailable } from '../../ports/store/index.ts';
import type { FromWriter, Request, ToWriter, TransactionResult } from './protocol.ts';

/** The main thread's end of the thread that writes. */
export interface WriterThread {
  /** Starts it, unless it runs. @returns the names of the migrations that were applied */
  start(): Promise<readonly string[]>;
  /** Rejects with StoreUnavailable if the thread dies before it answered; the next request starts a new one. */
  perform(name: string, args: unknown): Promise<unknown>;
  /** Ends it when all that was asked for is answered. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

// The built program has built neighbours, the source has sources.
const program = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

/** It holds little for long: without a limit its heap grows as if it did. */
const resourceLimits = { maxYoungGenerationSizeMb: 8 };

/**
 * Group-commit window. Callers that just got a result usually send their next write within a few ticks; waiting for
 * these makes groups larger and costs microseconds when idle.
 */
const turnsToGather = 3;

function afterTurns(turns: number, then: () => void): void {
  setImmediate(turns > 1 ? () => afterTurns(turns - 1, then) : then);
}

export function writerThread(file: string, runs: URL = program): WriterThread {
  const waiting = new Map<number, Waiting>();
  let outbox: Request[] = [];
  let lastId = 0;
  /** The thread has been sent requests that it has not answered yet. */
  let underway = false;
  let worker: Worker | undefined;
  let ready: Promise<readonly string[]> | undefined;
  let closed = false;

  function start(): Promise<readonly string[]> {
    ready ??= new Promise((resolve, reject) => {
      const started = new Worker(runs, { workerData: { file }, name: 'insiders-writer', resourceLimits });
      worker = started;
      started.on('message', (message: FromWriter) => {
        if (message.kind === 'answers') settleAll(message.answers);
        else if (message.kind === 'ready') resolve(message.migrated);
        else reject(message.unavailable ? new StoreUnavailable(message.message) : new Error(message.message));
      });
      started.on('error', (cause) => reject(new StoreUnavailable('The writing thread failed', { cause })));
      started.on('exit', () => {
        reject(new StoreUnavailable('The writing thread ended'));
        forget();
      });
    });
    // Every transaction that waits for the thread is rejected with it.
    ready.catch(() => {});
    return ready;
  }

  /** The thread is gone, and with it everything that it has not answered. */
  function forget(): void {
    worker = undefined;
    ready = undefined;
    outbox = [];
    underway = false;
    for (const { reject } of waiting.values()) reject(new StoreUnavailable('The writing thread ended'));
    waiting.clear();
  }

  function perform(name: string, args: unknown): Promise<unknown> {
    if (closed) return Promise.reject(new StoreUnavailable('The store is closed'));
    start();
    return new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      outbox.push({ id: lastId, name, args });
      if (outbox.length === 1 && !underway) setImmediate(post);
    });
  }

  /**
   * Sends all writes that queued during the last commit as one message: the higher the load, the more share a commit.
   */
  function post(): void {
    if (underway || outbox.length === 0) return;
    const requests = outbox;
    outbox = [];
    underway = true;
    send({ kind: 'run', requests });
  }

  function settleAll(answers: readonly TransactionResult[]): void {
    underway = false;
    for (const answer of answers) settle(answer);
    afterTurns(turnsToGather, post);
  }

  function send(message: ToWriter): void {
    worker?.postMessage(message);
  }

  function settle(answer: TransactionResult): void {
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.outcome === 'done') asked?.resolve(answer.result);
    else asked?.reject(new (answer.outcome === 'failed' ? Error : StoreUnavailable)(answer.message));
  }

  async function close(): Promise<void> {
    closed = true;
    // What has gathered must be on its way before the word to end.
    underway = false;
    post();
    const ending = worker;
    if (ending === undefined) return;
    const gone = new Promise((resolve) => ending.once('exit', resolve));
    send({ kind: 'close' });
    await gone;
  }

  return { start, perform, close };
}
