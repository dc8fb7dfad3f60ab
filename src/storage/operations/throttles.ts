import type { Admission, Bucket, Throttles } from '../../ports/store/index.ts';
import type { Connection, Engine } from '../core/engine.ts';
import { greatest } from '../core/greatest.ts';
import { type BindParams, query } from '../core/query.ts';
import { abort, transaction } from '../core/transaction.ts';

/*
 * A bucket that leaks one unit every `leakMs` is stored as one value, the time at which it will be empty. A unit moves
 * that time by `leakMs`, and the bucket is full when it lies `burst * leakMs` ahead.
 */

export function throttles(engine: Engine): Throttles {
  return {
    admit: (buckets, now) => engine.transact(admit, { buckets, now }),
    settle: (settlement) => engine.transact(settle, settlement),
  };
}

const byKey = query((db, params: BindParams<{ key: string }>) =>
  db.selectFrom('throttles').selectAll().where('key', '=', params.key),
);

interface Drop {
  readonly key: string;
  readonly now: number;
  readonly leakMs: number;
  /** One unit into an empty bucket. */
  readonly firstEmptyAt: number;
  /** There is room for one more unit if it is empty then. */
  readonly latestEmptyAt: number;
  /** Nobody who counted by this clock could have filled it up to beyond this time: the clock was set back. */
  readonly impossibleAfter: number;
}

/** How far, in ms, the clocks of two nodes may be apart. */
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
    let refused: Extract<Admission, { outcome: 'throttled' }> | undefined;
    // In one order, so that parallel transactions wait for each other instead of blocking.
    for (const bucket of buckets.toSorted(byKeyOrder)) {
      if (bucket.unlessTrusted !== undefined && (await isTrusted(db, bucket.unlessTrusted, now))) continue;
      const drop = dropInto(bucket, now);
      if ((await db.changed(addOne, drop)) > 0) continue;
      const emptyAt = (await db.first(byKey, drop))?.empty_at ?? now;
      const retryAt = emptyAt - (drop.latestEmptyAt - now);
      if (refused === undefined || retryAt > refused.retryAt)
        refused = { outcome: 'throttled', key: bucket.key, retryAt };
    }
    return refused === undefined ? { outcome: 'admitted' } : abort(refused);
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

const takeOne = query((db, params: BindParams<Drop>) =>
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

type Settlement = Parameters<Throttles['settle']>[0];

const settle = transaction(
  'throttles.settle',
  { unrecorded: 'Upkeep: counts of attempts' },
  async (db: Connection, settlement: Settlement): Promise<void> => {
    const { refund, empty, trust, trustUntil, now } = settlement;
    for (const bucket of refund.toSorted(byKeyOrder)) {
      // What let the attempt pass uncounted has nothing to give back.
      if (bucket.unlessTrusted !== undefined && (await isTrusted(db, bucket.unlessTrusted, now))) continue;
      await db.rows(takeOne, dropInto(bucket, now));
    }
    for (const key of empty.toSorted()) await db.rows(emptyOne, { key, now });
    for (const key of trust.toSorted()) await db.rows(trustOne, { key, now, trustUntil });
  },
);

function byKeyOrder(one: Bucket, other: Bucket): number {
  return one.key < other.key ? -1 : 1;
}
