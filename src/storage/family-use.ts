import type { FamilyUse } from '../ports/store/index.ts';
import type { Connection } from './engine.ts';
import { later } from './later.ts';
import { type Given, query } from './query.ts';

/** So many uses are noted in one act, so that what else is to be written does not wait for long. */
export const usesPerAct = 200;

const touchAuthorization = query((db, given: Given<FamilyUse>) =>
  db
    .updateTable('authorizations')
    .set((row) => ({ last_used_at: later(row.ref('last_used_at'), given.usedAt) }))
    .where('id', '=', (select) =>
      select.selectFrom('families').select('authorization_id').where('id', '=', given.familyId),
    ),
);

const touchFamily = query((db, given: Given<FamilyUse & { accessExpiresAt: number }>) =>
  db
    .updateTable('families')
    .set((row) => ({
      last_used_at: later(row.ref('last_used_at'), given.usedAt),
      access_expires_at: later(row.ref('access_expires_at'), given.accessExpiresAt),
    }))
    .where('id', '=', given.familyId),
);

/** In one order and authorizations first, as everywhere, so that parallel acts wait for each other instead of blocking. */
export async function touchFamilies(db: Connection, uses: readonly FamilyUse[]): Promise<void> {
  const sorted = uses.toSorted((one, other) => (one.familyId < other.familyId ? -1 : 1));
  for (const use of sorted) await db.rows(touchAuthorization, use);
  for (const use of sorted) await db.rows(touchFamily, { ...use, accessExpiresAt: use.accessExpiresAt ?? 0 });
}
