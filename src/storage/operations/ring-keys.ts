import type { ChangeRecord } from '../../ports/change-record.ts';
import type { RingKey, RingKeys, RingRegistration } from '../../ports/store/index.ts';
import { recordChange } from '../audit/change-record.ts';
import type { Connection, Engine } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';
import type { RingKeyRow } from '../schema/operations.ts';

export function ringKeys(engine: Engine): RingKeys {
  return {
    signing: () => signingKey(engine),
    register: (ring, now) => engine.transact(introduceRing, { ring, now }),
    recordChange: (ring, record) => engine.transact(recordRingChange, { ring, record }),
    adopt: (current, record) => engine.transact(adoptRing, { current, record }),
  };
}

/** The newest key that has protected access tokens; `undefined`: the database knows none. */
export async function signingKey(db: Connection): Promise<RingKey | undefined> {
  const [newest] = await db.rows(newestFirst, {});
  return newest && keyFrom(newest);
}

const newestFirst = query((db) => db.selectFrom('ring_keys').selectAll().orderBy('place', 'desc'));

const add = query((db, params: BindParams<RingKey & { place: number; now: number }>) =>
  db
    .insertInto('ring_keys')
    .values({ place: params.place, key_id: params.id, fingerprint: params.fingerprint, first_used_at: params.now })
    .onConflict((conflict) => conflict.doNothing()),
);

const deleteAll = query((db) => db.deleteFrom('ring_keys'));

function keyFrom({ key_id: id, fingerprint }: RingKeyRow): RingKey {
  return { id, fingerprint };
}

interface IntroduceArgs {
  readonly ring: readonly RingKey[];
  readonly now: number;
}

async function introduce(db: Connection, { ring, now }: IntroduceArgs): Promise<RingRegistration> {
  const [current] = ring;
  if (current === undefined) throw new Error('The ring of keys is empty');
  for (;;) {
    const known = await db.rows(newestFirst, {});
    const [signing] = known;
    if (signing !== undefined && !ring.some(({ fingerprint }) => fingerprint === signing.fingerprint)) {
      return { outcome: 'foreign', signing: keyFrom(signing) };
    }
    if (known.some(({ fingerprint }) => fingerprint === current.fingerprint)) return { outcome: 'known' };
    const place = (signing?.place ?? 0) + 1;
    // Another node has taken this place: read again, and compare with its key.
    if ((await db.changed(add, { ...current, place, now })) > 0) return { outcome: 'known' };
  }
}

const introduceRing = transaction(
  'ringKeys.introduce',
  { unrecorded: 'Nothing is decided: a server says which keys it has' },
  introduce,
);

interface RingChange {
  readonly ring: readonly RingKey[];
  readonly record: ChangeRecord;
}

const recordRingChange = transaction(
  'ringKeys.recordChange',
  { recorded: true },
  async (db: Connection, { ring, record }: RingChange): Promise<RingRegistration> => {
    const registration = await introduce(db, { ring, now: record.event.at });
    if (registration.outcome === 'known') await recordChange(db, record);
    return registration;
  },
);

interface AdoptArgs {
  readonly current: RingKey;
  readonly record: ChangeRecord;
}

const adoptRing = transaction(
  'ringKeys.adopt',
  { recorded: true },
  async (db: Connection, { current, record }: AdoptArgs): Promise<void> => {
    await db.rows(deleteAll, {});
    await db.rows(add, { ...current, place: 1, now: record.event.at });
    await recordChange(db, record);
  },
);
