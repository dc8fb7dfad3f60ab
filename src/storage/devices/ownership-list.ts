import type { Kysely } from 'kysely';
import type { Ownership, OwnershipField, OwnershipQuery, Page } from '../../ports/store/index.ts';
import { contains, patternFor } from '../core/case-folding.ts';
import type { Connection } from '../core/engine.ts';
import { type Listing, type PageArgs, readPage, rememberByShape } from '../core/paging.ts';
import { type Given, query } from '../core/query.ts';
import type { Schema } from '../schema/tables.ts';
import { type OwnershipRow, ownershipFrom, ownerships } from './ownership-rows.ts';

interface Args {
  readonly userId: number;
  readonly now: number;
  readonly deviceId: number;
  readonly pattern: string;
}

/** What makes two lists different queries, and not only the same one with other values. */
interface Shape {
  readonly current: boolean | null;
  readonly deviceId: boolean;
  readonly search: boolean;
  readonly orderBy: OwnershipField;
  readonly descending: boolean;
}

export function listOwnerships(db: Connection, asked: OwnershipQuery): Promise<Page<Ownership>> {
  const { current = null, deviceId, search, orderBy, descending } = asked;
  const listing = listingOf({
    current,
    deviceId: deviceId !== undefined,
    search: search !== undefined,
    orderBy,
    descending,
  });
  const args = { ...asked, deviceId: deviceId ?? 0, pattern: patternFor(search ?? '') };
  return readPage(db, listing, args, ownershipFrom);
}

const single = query((db, given: Given<{ userId: number; ownershipId: number }>) =>
  ownerships(db).where('ownerships.id', '=', given.ownershipId).where('ownerships.user_id', '=', given.userId),
);

export async function findOwnership(db: Connection, userId: number, ownershipId: number) {
  const row = await db.first(single, { userId, ownershipId });
  return row && ownershipFrom(row);
}

const sortedBy = {
  id: 'ownerships.id',
  start_time: 'ownerships.start_time',
  end_time: 'ownerships.end_time',
  device: 'ownerships.device_id',
} as const;

const listingOf = rememberByShape((shape: Shape): Listing<Args, OwnershipRow> => {
  const direction = shape.descending ? 'desc' : 'asc';
  return {
    page: query((db, given: Given<Args & PageArgs>) =>
      matching(db, given, shape)
        .orderBy(sortedBy[shape.orderBy], direction)
        .$if(shape.orderBy !== 'id', (rows) => rows.orderBy('ownerships.id', direction))
        .limit(given.limit)
        .offset(given.offset),
    ),
    count: query((db, given: Given<Args>) =>
      matching(db, given, shape)
        .clearSelect()
        .select((row) => row.fn.countAll<number>().as('total')),
    ),
  };
});

function matching(db: Kysely<Schema>, given: Given<Args>, shape: Shape) {
  return ownerships(db)
    .where('ownerships.user_id', '=', given.userId)
    .$if(shape.current === true, (rows) =>
      rows.where('ownerships.start_time', '<=', given.now).where('ownerships.end_time', '>', given.now),
    )
    .$if(shape.current === false, (rows) => rows.where('ownerships.end_time', '<=', given.now))
    .$if(shape.deviceId, (rows) => rows.where('ownerships.device_id', '=', given.deviceId))
    .$if(shape.search, (rows) =>
      rows.where((row) =>
        row.or([
          contains(row.ref('devices.serial_number_folded'), given.pattern),
          contains(row.ref('devices.device_name_folded'), given.pattern),
        ]),
      ),
    );
}
