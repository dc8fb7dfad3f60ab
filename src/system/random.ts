import { randomFillSync } from 'node:crypto';
import type { Random } from '../ports/random.ts';

const poolBytes = 8192;

/**
 * Creates a source of random bytes of the operating system. It fetches them into a pool: one call per token would cost
 * more than the rest of the token. Each byte of the pool is used once, and then overwritten with zero.
 */
function createRandom(): Random {
  const pool = Buffer.alloc(poolBytes);
  let used = poolBytes;
  /** Calls `read` with the range of the next unused bytes of the pool, and wipes them when it returns. */
  function take<Result>(count: number, read: (from: number, to: number) => Result): Result {
    if (used + count > poolBytes) {
      randomFillSync(pool);
      used = 0;
    }
    const from = used;
    used += count;
    const result = read(from, used);
    pool.fill(0, from, used);
    return result;
  }
  const copy = (from: number, to: number) => Buffer.from(pool.subarray(from, to));
  const encode = (from: number, to: number) => pool.toString('base64url', from, to);
  const bytes = (count: number) => (count > poolBytes ? randomFillSync(Buffer.alloc(count)) : take(count, copy));
  return { bytes, text: (count) => (count > poolBytes ? bytes(count).toString('base64url') : take(count, encode)) };
}

export const systemRandom: Random = createRandom();
