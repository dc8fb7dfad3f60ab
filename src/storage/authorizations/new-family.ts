import { sql } from 'kysely';
import type { FamilyMethod, NewFamily } from '../../ports/store/index.ts';
import type { Connection } from '../core/engine.ts';
import { greatest } from '../core/greatest.ts';
import { type BindParams, query } from '../core/query.ts';

/** Maximum refreshable families per authorization. Each new one beyond it replaces the least recently used one. */
const refreshable = 20;

interface Start {
  readonly authorizationId: string;
  readonly method: FamilyMethod;
  /** `null`: no password was involved. */
  readonly passwordEpoch: number | null;
  readonly family: NewFamily;
}

/**
 * Starts a family under a live authorization, as part of the transaction that redeems a code or logs in by password.
 */
export async function startFamily(db: Connection, { family, ...under }: Start): Promise<void> {
  const start = { ...family, ...under };
  // Comes first, because it makes parallel starts wait for each other.
  await db.rows(recordFamilyUse, start);
  // Comes before the insert, so that it can't be the new one, whatever the clock says.
  await db.rows(evict, start);
  await db.rows(insert, start);
}

type Row = NewFamily & Omit<Start, 'family'>;

const recordFamilyUse = query((db, params: BindParams<Row>) =>
  db
    .updateTable('authorizations')
    .set((row) => ({ last_used_at: greatest(row.ref('last_used_at'), params.now) }))
    .where('id', '=', params.authorizationId),
);

/**
 * Sets how long the evicted family is kept: until its access tokens have expired. Its last refresh may be noted in
 * memory only, but it was before now, so its newest access token expires no later than that of the family that starts
 * here (both have the lifetime of the same application).
 */
const evict = query((db, params: BindParams<Row>) =>
  db
    .updateTable('families')
    .set((row) => ({
      evicted_at: params.now,
      access_expires_at: greatest(row.ref('access_expires_at'), params.accessExpiresAt),
    }))
    .where('id', '=', (select) =>
      select
        .selectFrom('families')
        .select('id')
        .where('authorization_id', '=', params.authorizationId)
        .where('revoked_at', 'is', null)
        .where('evicted_at', 'is', null)
        .orderBy('last_used_at', 'desc')
        .limit(sql.lit(1))
        .offset(sql.lit(refreshable - 1)),
    ),
);

const insert = query((db, params: BindParams<Row>) =>
  db.insertInto('families').values({
    id: params.id,
    authorization_id: params.authorizationId,
    method: params.method,
    password_epoch: params.passwordEpoch,
    refresh_hash: params.refreshHash,
    created_at: params.now,
    last_used_at: params.now,
    access_expires_at: params.accessExpiresAt,
  }),
);
