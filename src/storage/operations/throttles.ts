import type { Admission, Bucket, Throttles } from '../../ports/store/index.ts';
import type { Connection, Engine } from '../core/engine.ts';
import { greatest } from '../core/greatest.ts';
import { type BindParams, query } from '../core/query.ts';
import { abort, transaction } from '../core/transaction.ts';

/*
 * A bucket that leaks one unit every `leakMs` is stored as one value, the time at which it will be empty. Each unit
 * moves that time by `leakMs`. The bucket is full when that time is `burst * leakMs` ahead.
 */

export function throttles(engine: Engine): Throttles {
  return {
    admit: (buckets, now) => engine.transact(admit, { buckets, now }),
    recordOutcome: (adjustment) => engine.transact(adjust, adjustment),
  };
}

const byKey = query((db, params: BindParams<{ key: string }>) =>
  db.selectFrom('throttles').selectAll().where('key', '=', params.key),
);

/** One unit for one bucket. All times are in ms since 1970. */
interface Drop {
  readonly key: string;
  readonly now: number;
  readonly leakMs: number;
  /** When the bucket is empty again, if it is empty now and gets the unit. */
  readonly firstEmptyAt: number;
  /** The unit fits if the bucket is empty at this time or before. */
  readonly latestEmptyAt: number;
  /** No full bucket lies beyond this time. If one does, the clock was set back since, and the bucket starts empty. */
  readonly impossibleAfter: number;
}

/** How far, in ms, the clocks of two nodes may differ. */
const clockTolerance = 60_000;

const addOne = query((db, params: BindParams<Drop>) =>
  db
    .insertInto('throttles')
    .values((row) => ({ key: params.key, empty_at: params.firstEmptyAt, trusted_until: row.lit(0) }))
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet((row) => ({
          empty_at: row
            .case()
            .when('throttles.empty_at', '>', params.impossibleAfter)
            .then(params.firstEmptyAt)
            .else(row(greatest(row.ref('throttles.empty_at'), params.now), '+', params.leakMs))
            .end(),
        }))
        .where((row) =>
          row.or([
            row('throttles.empty_at', '<=', params.latestEmptyAt),
            row('throttles.empty_at', '>', params.impossibleAfter),
          ]),
        ),
    ),
);

const admit = transaction(
  'throttles.admit',
  { unrecorded: 'Upkeep: counts of attempts' },
  async (
    db: Connection,
    { buckets, now }: { readonly buckets: readonly Bucket[]; readonly now: number },
  ): Promise<Admission> => {
    let throttled: Extract<Admission, { outcome: 'throttled' }> | undefined;
    // Always in the order of the keys, so that parallel transactions wait for each other without a deadlock.
    for (const bucket of buckets.toSorted(byKeyOrder)) {
      if (bucket.unlessTrusted !== undefined && (await isTrusted(db, bucket.unlessTrusted, now))) continue;
      const drop = dropInto(bucket, now);
      if ((await db.changed(addOne, drop)) > 0) continue;
      const emptyAt = (await db.first(byKey, drop))?.empty_at ?? now;
      const retryAt = emptyAt - (drop.latestEmptyAt - now);
      if (throttled === undefined || retryAt > throttled.retryAt)
        throttled = { outcome: 'throttled', key: bucket.key, retryAt };
    }
    return throttled === undefined ? { outcome: 'admitted' } : abort(throttled);
  },
);

function dropInto({ key, burst, leakMs: exact }: Bucket, now: number): Drop {
  const leakMs = Math.ceil(exact);
  return {
    key,
    now,
    leakMs,
    firstEmptyAt: now + leakMs,
    latestEmptyAt: now + (burst - 1) * leakMs,
    impossibleAfter: now + burst * leakMs + clockTolerance,
  };
}

async function isTrusted(db: Connection, key: string, now: number): Promise<boolean> {
  const row = await db.first(byKey, { key });
  return row !== undefined && row.trusted_until > now;
}

const refundOne = query((db, params: BindParams<Drop>) =>
  db
    .updateTable('throttles')
    .set((row) => ({ empty_at: row('empty_at', '-', params.leakMs) }))
    .where('key', '=', params.key)
    .where('empty_at', '>', params.now),
);

const emptyOne = query((db, params: BindParams<{ key: string; now: number }>) =>
  db
    .updateTable('throttles')
    .set({ empty_at: params.now })
    .where('key', '=', params.key)
    .where('empty_at', '>', params.now),
);

const trustOne = query((db, params: BindParams<{ key: string; now: number; trustUntil: number }>) =>
  db
    .insertInto('throttles')
    .values({ key: params.key, empty_at: params.now, trusted_until: params.trustUntil })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet((row) => ({
        trusted_until: greatest(row.ref('throttles.trusted_until'), row.ref('excluded.trusted_until')),
      })),
    ),
);

type Adjustment = Parameters<Throttles['recordOutcome']>[0];

const adjust = transaction(
  'throttles.recordOutcome',
  { unrecorded: 'Upkeep: counts of attempts' },
  async (db: Connection, adjustment: Adjustment): Promise<void> => {
    const { refund, empty, trust, trustUntil, now } = adjustment;
    for (const bucket of refund.toSorted(byKeyOrder)) {
      // A trusted attempt was not counted in this bucket.
      if (bucket.unlessTrusted !== undefined && (await isTrusted(db, bucket.unlessTrusted, now))) continue;
      await db.rows(refundOne, dropInto(bucket, now));
    }
    for (const key of empty.toSorted()) await db.rows(emptyOne, { key, now });
    for (const key of trust.toSorted()) await db.rows(trustOne, { key, now, trustUntil });
  },
);

function byKeyOrder(one: Bucket, other: Bucket): number {
  return one.key < other.key ? -1 : 1;
}
