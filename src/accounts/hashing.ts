import { availableParallelism } from 'node:os';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { type HashedFor, HashingBusy, type PasswordHasher } from '../ports/password-hasher.ts';

export type { PasswordHasher };

/** argon2id, 19 MiB, two passes, one lane: the smallest setting OWASP recommends, about 12 ms on one core. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const;

/**
 * A well-formed hash of an unknown password, with the current parameters: checking against it takes as long as checking
 * a real one.
 */
const nobody = `$argon2id$v=19$m=${parameters.memoryCost},t=${parameters.timeCost},p=${parameters.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** `libuv`'s pool, on which the hashing runs. One of its threads is left for files and host names. */
const poolThreads = 4;
const defaultQueue = 100;
/** One account or network may hold this part of all places at once: at least four of them fill the queue. */
const maxShare = 1 / 4;
/** Where the running average of the duration of one hash starts, in ms. */
const firstGuessMs = 20;

/**
 * Creates an argon2id hasher that uses at most `concurrency` cores (default: all but one, at most 3) and queues at most
 * `queue` more tasks (default: 100, a wait of one to two seconds on one core). Beyond that it rejects at once, so that
 * a flood of logins costs neither memory nor the time of other requests. One account and one network can each have at
 * most a quarter of all places.
 */
export function createPasswordHasher(
  options: { readonly concurrency?: number; readonly queue?: number } = {},
): PasswordHasher {
  const concurrency = options.concurrency ?? Math.min(Math.max(1, availableParallelism() - 1), poolThreads - 1);
  const inLine = createLine(concurrency, options.queue ?? defaultQueue);
  return {
    hash: (password, whom) => inLine(whom, () => hash(password, parameters)),
    verify: (encoded, password, whom) =>
      inLine(whom, async () => (await verify(encoded ?? nobody, password)) && encoded !== undefined),
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
 * Runs at most `concurrency` tasks at once, and the others in the order they came. Rejects when `limit` are waiting, or
 * when the caller already has its share of them.
 */
function createLine(concurrency: number, limit: number): <T>(whom: HashedFor, task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  const shares = new Shares(Math.max(1, Math.floor((concurrency + limit) * maxShare)));
  let running = 0;
  let averageMs = firstGuessMs;
  const busy = () => new HashingBusy(Math.max(1, Math.ceil((waiting.length * averageMs) / concurrency / 1000)));

  return async ({ account, network }, task) => {
    const keys = [`account:${account}`, `network:${network}`];
    if (shares.isTaken(keys) || (running >= concurrency && waiting.length >= limit)) throw busy();
    shares.add(keys, 1);
    if (running < concurrency) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    const start = performance.now();
    try {
      return await task();
    } finally {
      shares.add(keys, -1);
      averageMs += (performance.now() - start - averageMs) / 16;
      // The place passes on to the next in line, or becomes free.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}

/** How many tasks each key has under way. */
class Shares {
  readonly #most: number;
  readonly #held = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  isTaken(keys: readonly string[]): boolean {
    return keys.some((key) => (this.#held.get(key) ?? 0) >= this.#most);
  }

  add(keys: readonly string[], count: 1 | -1): void {
    for (const key of keys) {
      const held = (this.#held.get(key) ?? 0) + count;
      if (held === 0) this.#held.delete(key);
      else this.#held.set(key, held);
    }
  }
}
