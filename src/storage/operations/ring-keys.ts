import type { Note } from '../../ports/change-record.ts';
import type { Introduction, RingKey, RingKeys } from '../../ports/store/index.ts';
import { keepNote } from '../audit/change-record.ts';
import type { Connection, Engine } from '../core/engine.ts';
import { type Given, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';
import type { RingKeyRow } from '../schema/rows.ts';

export function ringKeys(engine: Engine): RingKeys {
  return {
    signing: async () => {
      const [newest] = await engine.rows(newestFirst, {});
      return newest && keyFrom(newest);
    },
    introduce: (ring, now) => engine.transact(introduceRing, { ring, now }),
    adopt: (current, note) => engine.transact(adoptRing, { current, note }),
  };
}

const newestFirst = query((db) => db.selectFrom('ring_keys').selectAll().orderBy('place', 'desc'));

const add = query((db, given: Given<RingKey & { place: number; now: number }>) =>
  db
    .insertInto('ring_keys')
    .values({ place: given.place, key_id: given.id, fingerprint: given.fingerprint, first_used_at: given.now })
    .onConflict((conflict) => conflict.doNothing()),
);

const forgetAll = query((db) => db.deleteFrom('ring_keys'));

function keyFrom({ key_id: id, fingerprint }: RingKeyRow): RingKey {
  return { id, fingerprint };
}

interface Introduced {
  readonly ring: readonly RingKey[];
  readonly now: number;
}

const introduceRing = transaction(
  'ringKeys.introduce',
  { unrecorded: 'Nothing is decided: a server says which keys it has' },
  async (db: Connection, { ring, now }: Introduced): Promise<Introduction> => {
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
      // Another node may take the place at the same time: then its key is the one to compare with.
      if ((await db.changed(add, { ...current, place, now })) > 0) return { outcome: 'known' };
    }
  },
);

interface Adopted {
  readonly current: RingKey;
  readonly note: Note;
}

const adoptRing = transaction(
  'ringKeys.adopt',
  { recorded: true },
  async (db: Connection, { current, note }: Adopted): Promise<void> => {
    await db.rows(forgetAll, {});
    await db.rows(add, { ...current, place: 1, now: note.event.at });
    await keepNote(db, note);
  },
);
