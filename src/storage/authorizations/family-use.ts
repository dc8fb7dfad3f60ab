import type { FamilyUse } from '../../ports/store/index.ts';
import type { Connection } from '../core/engine.ts';
import { greatest } from '../core/greatest.ts';
import { type BindParams, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';

/** Maximum uses per transaction, so that other writes do not wait long for one. */
const maxUsesPerBatch = 200;

/**
 * Splits uses into batches, one transaction each. All are sorted by family first: IDs begin with their time
 * (decision 13), so the rows of a batch lie on the same few pages, and each page is written once, not once per row.
 */
export function inBatches(uses: readonly FamilyUse[]): readonly (readonly FamilyUse[])[] {
  const sorted = uses.toSorted((one, other) => (one.familyId < other.familyId ? -1 : 1));
  const batches: FamilyUse[][] = [];
  for (let from = 0; from < sorted.length; from += maxUsesPerBatch)
    batches.push(sorted.slice(from, from + maxUsesPerBatch));
  return batches;
}

const touchAuthorization = query((db, params: BindParams<FamilyUse>) =>
  db
    .updateTable('authorizations')
    .set((row) => ({ last_used_at: greatest(row.ref('last_used_at'), params.usedAt) }))
    .where('id', '=', (select) =>
      select.selectFrom('families').select('authorization_id').where('id', '=', params.familyId),
    ),
);

const touchFamily = query((db, params: BindParams<FamilyUse & { accessExpiresAt: number }>) =>
  db
    .updateTable('families')
    .set((row) => ({
      last_used_at: greatest(row.ref('last_used_at'), params.usedAt),
      access_expires_at: greatest(row.ref('access_expires_at'), params.accessExpiresAt),
    }))
    .where('id', '=', params.familyId),
);

/**
 * `uses`: sorted by family. Updates authorizations before families, as the start of a family does, so that the two wait
 * for each other instead of deadlocking.
 */
export const touchFamilies = transaction(
  'families.touch',
  { unrecorded: 'Upkeep: times of last use' },
  async (db: Connection, uses: readonly FamilyUse[]): Promise<void> => {
    for (const use of uses) await db.rows(touchAuthorization, use);
    for (const use of uses) await db.rows(touchFamily, { ...use, accessExpiresAt: use.accessExpiresAt ?? 0 });
  },
);
