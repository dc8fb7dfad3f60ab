import { Worker } from 'node:worker_threads';
import type { AuditKey } from '../../ports/keys.ts';
import { StoreUnavailable } from '../../ports/store/index.ts';
import type { FromWriter, ToWriter, TransactionRequest, TransactionResult } from './protocol.ts';

/** The main thread's handle of the writer thread. */
export interface WriterThread {
  /**
   * Starts the thread, unless it runs.
   * @returns the names of the migrations that were applied
   */
  start(): Promise<readonly string[]>;
  /**
   * Runs a transaction by its name. `auditKey` authenticates the audit entries that it appends.
   * @throws {StoreUnavailable} the thread ended before it returned a result; the next call starts a new thread
   */
  perform(name: string, args: unknown, auditKey?: AuditKey): Promise<unknown>;
  /** Ends the thread after it has run all pending requests. */
  close(): Promise<void>;
}

/** A request without a result yet. */
interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

// In the built program, the worker is a file beside this one; from source, it is the TypeScript file.
const program = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

/** Without a limit the young generation grows, although few of the objects of this thread live long. */
const resourceLimits = { maxYoungGenerationSizeMb: 8 };

/**
 * Group-commit window. Callers that just got a result usually send their next write within a few ticks; waiting for
 * these makes groups larger and costs microseconds when idle.
 */
const groupCommitTicks = 3;

function afterTicks(ticks: number, callback: () => void): void {
  setImmediate(ticks > 1 ? () => afterTicks(ticks - 1, callback) : callback);
}

/** `script`: what the thread runs. */
export function writerThread(file: string, script: URL = program): WriterThread {
  /** By the id of the request. */
  const pending = new Map<number, Pending>();
  let queue: TransactionRequest[] = [];
  let lastId = 0;
  /** The thread was sent a group, and has not returned its results yet. */
  let groupInFlight = false;
  let worker: Worker | undefined;
  let ready: Promise<readonly string[]> | undefined;
  let closed = false;

  function start(): Promise<readonly string[]> {
    ready ??= new Promise((resolve, reject) => {
      const started = new Worker(script, { workerData: { file }, name: 'insiders-writer', resourceLimits });
      worker = started;
      started.on('message', (message: FromWriter) => {
        if (message.kind === 'results') handleResults(message.results);
        else if (message.kind === 'ready') resolve(message.migrated);
        else reject(message.unavailable ? new StoreUnavailable(message.message) : new Error(message.message));
      });
      started.on('error', (cause) => reject(new StoreUnavailable('The writing thread failed', { cause })));
      started.on('exit', () => {
        reject(new StoreUnavailable('The writing thread ended'));
        reset();
      });
    });
    // No unhandled rejection: each pending request is rejected by itself.
    ready.catch(() => {});
    return ready;
  }

  /** After the end of the thread: rejects the pending requests, and lets the next one start a new thread. */
  function reset(): void {
    worker = undefined;
    ready = undefined;
    queue = [];
    groupInFlight = false;
    for (const { reject } of pending.values()) reject(new StoreUnavailable('The writing thread ended'));
    pending.clear();
  }

  function perform(name: string, args: unknown, auditKey?: AuditKey): Promise<unknown> {
    if (closed) return Promise.reject(new StoreUnavailable('The store is closed'));
    start();
    return new Promise((resolve, reject) => {
      lastId += 1;
      pending.set(lastId, { resolve, reject });
      queue.push({ id: lastId, name, args, auditKey });
      if (queue.length === 1 && !groupInFlight) setImmediate(post);
    });
  }

  /** Sends the queue as one group. It grows during each commit: the higher the load, the more writes share one. */
  function post(): void {
    if (groupInFlight || queue.length === 0) return;
    const requests = queue;
    queue = [];
    groupInFlight = true;
    send({ kind: 'run', requests });
  }

  function handleResults(results: readonly TransactionResult[]): void {
    groupInFlight = false;
    for (const result of results) handleResult(result);
    afterTicks(groupCommitTicks, post);
  }

  function send(message: ToWriter): void {
    worker?.postMessage(message);
  }

  function handleResult(result: TransactionResult): void {
    const request = pending.get(result.id);
    pending.delete(result.id);
    if (result.outcome === 'done') request?.resolve(result.result);
    else request?.reject(new (result.outcome === 'failed' ? Error : StoreUnavailable)(result.message));
  }

  async function close(): Promise<void> {
    closed = true;
    // Send the queue now: the thread ends once it has run what arrived before `close`.
    groupInFlight = false;
    post();
    const running = worker;
    if (running === undefined) return;
    const exited = new Promise((resolve) => running.once('exit', resolve));
    send({ kind: 'close' });
    await exited;
  }

  return { start, perform, close };
}
