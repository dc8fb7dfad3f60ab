import { randomFillSync } from 'node:crypto';
import type { Random } from '../ports/random.ts';

const poolBytes = 8192;

/**
 * The randomness of the operating system, fetched in larger portions: a call for each token would cost more than the token itself. Bytes are
 * handed out once and wiped from the pool.
 */
function createRandom(): Random {
  const pool = Buffer.alloc(poolBytes);
  let used = poolBytes;
  const bytes = (count: number): Buffer => {
    if (count > poolBytes) return randomFillSync(Buffer.alloc(count));
    if (used + count > poolBytes) {
      randomFillSync(pool);
      used = 0;
    }
    const taken = Buffer.from(pool.subarray(used, used + count));
    pool.fill(0, used, used + count);
    used += count;
    return taken;
  };
  return { bytes, text: (count) => bytes(count).toString('base64url') };
}

export const systemRandom: Random = createRandom();
