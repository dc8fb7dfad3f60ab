import type { Clock } from '../ports/clock.ts';
import type { Maintenance } from '../ports/store/index.ts';

/** Small enough that nobody who logs in meanwhile notices. */
const batch = 500;

/** Deletes expired rows in small batches, until none are left or `mostBatches` were done. Returns how many rows. */
export async function purge(maintenance: Pick<Maintenance, 'purge'>, clock: Clock, mostBatches = 100): Promise<number> {
  let total = 0;
  for (let batches = 0; batches < mostBatches; batches += 1) {
    const gone = await maintenance.purge(clock.now(), batch);
    total += gone;
    if (gone === 0) break;
  }
  return total;
}
