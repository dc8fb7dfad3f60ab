import { randomFillSync } from 'node:crypto';
import type { Random } from '../ports/random.ts';

const poolBytes = 8192;

/**
 * Random bytes of the operating system, fetched in batches: a call for each token would cost more than the token
 * itself. Bytes are handed out once and wiped from the pool.
 */
function createRandom(): Random {
  const pool = Buffer.alloc(poolBytes);
  let used = poolBytes;
  /** Hands out bytes that `read` finds in the pool from one place to another, and has done with then. */
  function take<Taken>(count: number, read: (from: number, to: number) => Taken): Taken {
    if (used + count > poolBytes) {
      randomFillSync(pool);
      used = 0;
    }
    const from = used;
    used += count;
    const taken = read(from, used);
    pool.fill(0, from, used);
    return taken;
  }
  const copied = (from: number, to: number) => Buffer.from(pool.subarray(from, to));
  const written = (from: number, to: number) => pool.toString('base64url', from, to);
  const bytes = (count: number) => (count > poolBytes ? randomFillSync(Buffer.alloc(count)) : take(count, copied));
  return { bytes, text: (count) => (count > poolBytes ? bytes(count).toString('base64url') : take(count, written)) };
}

export const systemRandom: Random = createRandom();
