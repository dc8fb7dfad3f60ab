import type { Kysely } from 'kysely';
import type { OffsetPage, Ownership, OwnershipField, OwnershipQuery } from '../../ports/store/index.ts';
import { contains, patternFor } from '../core/case-folding.ts';
import type { Connection } from '../core/engine.ts';
import { memoizeByShape, type PageArgs, type PagedQuery, readPage } from '../core/paging.ts';
import { type BindParams, query } from '../core/query.ts';
import type { Schema } from '../schema/tables.ts';
import { type OwnershipRow, ownershipFrom, ownerships } from './ownership-rows.ts';

interface Args {
  readonly userId: number;
  readonly now: number;
  readonly deviceId: number;
  readonly pattern: string;
}

/** The parts of a list that change its SQL. Each combination is compiled once. */
interface Shape {
  readonly current: boolean | null;
  readonly deviceId: boolean;
  readonly search: boolean;
  readonly orderBy: OwnershipField;
  readonly descending: boolean;
}

export function listOwnerships(db: Connection, list: OwnershipQuery): Promise<OffsetPage<Ownership>> {
  const { current = null, deviceId, search, orderBy, descending } = list;
  const listing = listingOf({
    current,
    deviceId: deviceId !== undefined,
    search: search !== undefined,
    orderBy,
    descending,
  });
  const args = { ...list, deviceId: deviceId ?? 0, pattern: patternFor(search ?? '') };
  return readPage(db, listing, args, ownershipFrom);
}

const single = query((db, params: BindParams<{ userId: number; ownershipId: number }>) =>
  ownerships(db).where('ownerships.id', '=', params.ownershipId).where('ownerships.user_id', '=', params.userId),
);

export async function findOwnership(db: Connection, userId: number, ownershipId: number) {
  const row = await db.first(single, { userId, ownershipId });
  return row && ownershipFrom(row);
}

const sortColumns = {
  id: 'ownerships.id',
  start_time: 'ownerships.start_time',
  end_time: 'ownerships.end_time',
  device: 'ownerships.device_id',
} as const;

const listingOf = memoizeByShape((shape: Shape): PagedQuery<Args, OwnershipRow> => {
  const direction = shape.descending ? 'desc' : 'asc';
  return {
    page: query((db, params: BindParams<Args & PageArgs>) =>
      matching(db, params, shape)
        .orderBy(sortColumns[shape.orderBy], direction)
        .$if(shape.orderBy !== 'id', (rows) => rows.orderBy('ownerships.id', direction))
        .limit(params.limit)
        .offset(params.offset),
    ),
    count: query((db, params: BindParams<Args>) =>
      matching(db, params, shape)
        .clearSelect()
        .select((row) => row.fn.countAll<number>().as('total')),
    ),
  };
});

function matching(db: Kysely<Schema>, params: BindParams<Args>, shape: Shape) {
  return ownerships(db)
    .where('ownerships.user_id', '=', params.userId)
    .$if(shape.current === true, (rows) =>
      rows.where('ownerships.start_time', '<=', params.now).where('ownerships.end_time', '>', params.now),
    )
    .$if(shape.current === false, (rows) => rows.where('ownerships.end_time', '<=', params.now))
    .$if(shape.deviceId, (rows) => rows.where('ownerships.device_id', '=', params.deviceId))
    .$if(shape.search, (rows) =>
      rows.where((row) =>
        row.or([
          contains(row.ref('devices.serial_number_folded'), params.pattern),
          contains(row.ref('devices.device_name_folded'), params.pattern),
        ]),
      ),
    );
}
