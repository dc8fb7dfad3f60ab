import { sql } from 'kysely';
import type { FamilyMethod, NewFamily } from '../../ports/store/index.ts';
import type { Connection } from '../core/engine.ts';
import { greatest } from '../core/greatest.ts';
import { type BindParams, query } from '../core/query.ts';

/** Maximum refreshable families per authorization. A new one beyond that evicts the least recently used one. */
const maxRefreshable = 20;

interface Start {
  readonly authorizationId: string;
  readonly method: FamilyMethod;
  /** `null`: no password was involved. */
  readonly passwordEpoch: number | null;
  readonly family: NewFamily;
}

/** Adds a family to an active authorization, within the transaction that redeems a code or logs in by password. */
export async function startFamily(db: Connection, { family, ...start }: Start): Promise<void> {
  const row = { ...family, ...start };
  // First, because its row lock makes parallel starts wait for each other.
  await db.rows(recordUse, row);
  // Before the insert, so that it never evicts the new family, even if the clock went back.
  await db.rows(evict, row);
  await db.rows(insert, row);
}

type Row = NewFamily & Omit<Start, 'family'>;

const recordUse = query((db, params: BindParams<Row>) =>
  db
    .updateTable('authorizations')
    .set((row) => ({ last_used_at: greatest(row.ref('last_used_at'), params.now) }))
    .where('id', '=', params.authorizationId),
);

/**
 * Evicts the family beyond the maximum, if there is one, and keeps its row until its access tokens have expired. Its
 * last refresh may not be written yet, but it was before now: its newest access token expires no later than that of the
 * family that starts here, because both have the lifetime of the same application.
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
        .offset(sql.lit(maxRefreshable - 1)),
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
