import { availableParallelism } from 'node:os';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { HashingBusy, type PasswordHasher } from '../ports/password-hasher.ts';

export type { PasswordHasher };

/** argon2id, 19 MiB, two passes, one lane: the smallest setting OWASP recommends, about 12 ms on one core. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const;

/** A well-formed hash of nothing anybody knows, with the parameters in use: checking it takes as long as checking a real one. */
const nobody = `$argon2id$v=19$m=${parameters.memoryCost},t=${parameters.timeCost},p=${parameters.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** `libuv`'s pool, on which the hashing runs. One of its threads is left for files and host names. */
const POOL_THREADS = 4;
const DEFAULT_QUEUE = 100;
/** Where the running average of the duration of one hash starts, in ms. */
const FIRST_GUESS_MS = 20;

/**
 * A hasher with argon2id that keeps at most `concurrency` cores busy (default: all but one, at most 3), and lets at most `queue`
 * more wait (default: 100, a wait of one to two seconds on one core). Beyond that it refuses at once, so that a flood of
 * log-ins costs neither memory nor the time of other requests.
 */
export function createPasswordHasher(
  options: { readonly concurrency?: number; readonly queue?: number } = {},
): PasswordHasher {
  const concurrency = options.concurrency ?? Math.min(Math.max(1, availableParallelism() - 1), POOL_THREADS - 1);
  const inLine = createLine(concurrency, options.queue ?? DEFAULT_QUEUE);
  return {
    hash: (password) => inLine(() => hash(password, parameters)),
    verify: (encoded, password) =>
      inLine(async () => (await verify(encoded ?? nobody, password)) && encoded !== undefined),
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

/** Runs at most `concurrency` tasks at once, the others in the order they came; rejects when `limit` are waiting. */
function createLine(concurrency: number, limit: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  let averageMs = FIRST_GUESS_MS;

  return async (task) => {
    if (running < concurrency) {
      running += 1;
    } else {
      if (waiting.length >= limit) {
        throw new HashingBusy(Math.max(1, Math.ceil((waiting.length * averageMs) / concurrency / 1000)));
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    const start = performance.now();
    try {
      return await task();
    } finally {
      averageMs += (performance.now() - start - averageMs) / 16;
      // The place passes on to the next in line, or becomes free.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
