import { availableParallelism } from 'node:os';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { HashingBusy, type HashingCaller, type PasswordHasher } from '../ports/password-hasher.ts';

export type { PasswordHasher };

/** argon2id, 19 MiB, two passes, one lane: the smallest setting OWASP recommends, about 12 ms on one core. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const;

/**
 * A well-formed hash of an unknown password, with the current parameters: checking against it takes as long as checking
 * a real one.
 */
const dummyHash = `$argon2id$v=19$m=${parameters.memoryCost},t=${parameters.timeCost},p=${parameters.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** Threads of libuv's pool, which runs the hashing. One of them stays free for files and host names. */
const poolThreads = 4;
const defaultQueueLength = 100;
/**
 * The share of all slots, running and waiting, that one account or one network can have: it takes at least four of them
 * to fill the queue.
 */
const maxShare = 1 / 4;
/** The first value of the running average of the duration of one hash, in ms. */
const initialAverageMs = 20;

/**
 * Creates an argon2id hasher that uses at most `concurrency` cores (default: all but one, at most 3) and queues at most
 * `queue` more tasks (default: 100, a wait of one to two seconds on one core). Beyond that it rejects at once, so that
 * a flood of logins costs neither memory nor the time of other requests. One account and one network can each have at
 * most a quarter of all slots.
 */
export function createPasswordHasher(
  options: { readonly concurrency?: number; readonly queue?: number } = {},
): PasswordHasher {
  const concurrency = options.concurrency ?? Math.min(Math.max(1, availableParallelism() - 1), poolThreads - 1);
  const enqueue = createQueue(concurrency, options.queue ?? defaultQueueLength);
  return {
    hash: (password, caller) => enqueue(caller, () => hash(password, parameters)),
    verify: (encoded, password, caller) =>
      enqueue(caller, async () => (await verify(encoded ?? dummyHash, password)) && encoded !== undefined),
    needsRehash,
  };
}

function needsRehash(encoded: string): boolean {
  const used = parseOptions(encoded);
  return (
    !encoded.startsWith('$argon2id$v=19$') ||
    used.memoryCost !== parameters.memoryCost ||
    used.timeCost !== parameters.timeCost ||
    used.parallelism !== parameters.parallelism ||
    used.outputLen !== parameters.outputLen
  );
}

/**
 * Runs at most `concurrency` tasks at once and queues the others, first in, first out. Rejects with {@link HashingBusy}
 * when `limit` tasks are waiting, or when the account or the network of the caller has its share of the slots.
 */
function createQueue(
  concurrency: number,
  limit: number,
): <T>(caller: HashingCaller, task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  const slots = new SlotCounts(Math.max(1, Math.floor((concurrency + limit) * maxShare)));
  let running = 0;
  let averageMs = initialAverageMs;
  const busy = () => new HashingBusy(Math.max(1, Math.ceil((waiting.length * averageMs) / concurrency / 1000)));

  return async ({ account, network }, task) => {
    const keys = [`account:${account}`, `network:${network}`];
    if (slots.isFull(keys) || (running >= concurrency && waiting.length >= limit)) throw busy();
    slots.add(keys, 1);
    if (running < concurrency) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    const start = performance.now();
    try {
      return await task();
    } finally {
      slots.add(keys, -1);
      averageMs += (performance.now() - start - averageMs) / 16;
      // The slot passes to the next waiting task, or becomes free.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}

/** How many slots each key occupies, and whether that is the maximum. */
class SlotCounts {
  readonly #max: number;
  readonly #counts = new Map<string, number>();

  constructor(max: number) {
    this.#max = max;
  }

  isFull(keys: readonly string[]): boolean {
    return keys.some((key) => (this.#counts.get(key) ?? 0) >= this.#max);
  }

  add(keys: readonly string[], change: 1 | -1): void {
    for (const key of keys) {
      const count = (this.#counts.get(key) ?? 0) + change;
      if (count === 0) this.#counts.delete(key);
      else this.#counts.set(key, count);
    }
  }
}
