import type { Clock } from '../ports/clock.ts';
import type { Maintenance } from '../ports/store/index.ts';

/** Rows per batch: few enough that the writes of requests wait only for a moment. */
const batchSize = 500;

/** Deletes expired rows in small batches, until none are left or after `maxBatches`. Returns the number of rows. */
export async function purge(maintenance: Pick<Maintenance, 'purge'>, clock: Clock, maxBatches = 100): Promise<number> {
  let total = 0;
  for (let batches = 0; batches < maxBatches; batches += 1) {
    const deleted = await maintenance.purge(clock.now(), batchSize);
    total += deleted;
    if (deleted === 0) break;
  }
  return total;
}
