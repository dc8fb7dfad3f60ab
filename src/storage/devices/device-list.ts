import type { Kysely } from 'kysely';
import type { Device, DeviceField, DeviceQuery, OffsetPage } from '../../ports/store/index.ts';
import { contains, patternFor } from '../core/case-folding.ts';
import type { Connection } from '../core/engine.ts';
import { memoizeByShape, type PageArgs, type PagedQuery, readPage } from '../core/paging.ts';
import { type BindParams, query } from '../core/query.ts';
import type { Schema } from '../schema/tables.ts';

interface Args {
  readonly userId: number;
  readonly now: number;
  readonly serialNumber: string;
  readonly customName: string;
  readonly pattern: string;
}

/** The parts of a list that change its SQL. Each combination is compiled once. */
interface Shape {
  readonly current: boolean | null;
  readonly serialNumber: boolean;
  readonly customName: boolean;
  readonly search: boolean;
  readonly orderBy: DeviceField;
  readonly descending: boolean;
}

export function listDevices(db: Connection, list: DeviceQuery): Promise<OffsetPage<Device>> {
  const { current = null, serialNumber, customName, search, orderBy, descending } = list;
  const listing = listingOf({
    current,
    serialNumber: serialNumber !== undefined,
    customName: customName !== undefined,
    search: search !== undefined,
    orderBy,
    descending,
  });
  const args = {
    ...list,
    serialNumber: serialNumber ?? '',
    customName: customName ?? '',
    pattern: patternFor(search ?? ''),
  };
  return readPage(db, listing, args, deviceFrom);
}

const single = query((db, params: BindParams<{ userId: number; deviceId: number }>) =>
  devicesOf(db, params).select(deviceColumns).where('devices.id', '=', params.deviceId),
);

export async function findDevice(db: Connection, userId: number, deviceId: number): Promise<Device | undefined> {
  const row = await db.first(single, { userId, deviceId });
  return row && deviceFrom(row);
}

interface DeviceRow {
  readonly id: number;
  readonly serial_number: string;
  readonly device_name: string;
  readonly custom_name: string;
}

function deviceFrom(row: DeviceRow): Device {
  return {
    id: row.id,
    serialNumber: row.serial_number,
    deviceName: row.device_name,
    customName: row.custom_name,
  };
}

const deviceColumns = ['devices.id', 'devices.serial_number', 'devices.device_name', 'ownerships.custom_name'] as const;

const sortColumns = {
  id: 'ownerships.device_id',
  serial_number: 'devices.serial_number_folded',
  device_name: 'devices.device_name_folded',
  custom_name: 'ownerships.custom_name_folded',
} as const;

const listingOf = memoizeByShape((shape: Shape): PagedQuery<Args, DeviceRow> => {
  const direction = shape.descending ? 'desc' : 'asc';
  return {
    page: query((db, params: BindParams<Args & PageArgs>) =>
      matching(db, params, shape)
        .select(deviceColumns)
        .orderBy(sortColumns[shape.orderBy], direction)
        .$if(shape.orderBy !== 'id', (rows) => rows.orderBy('ownerships.device_id', direction))
        .limit(params.limit)
        .offset(params.offset),
    ),
    count: query((db, params: BindParams<Args>) =>
      matching(db, params, shape).select((row) => row.fn.countAll<number>().as('total')),
    ),
  };
});

function matching(db: Kysely<Schema>, params: BindParams<Args>, shape: Shape) {
  return devicesOf(db, params)
    .$if(shape.current === true, (rows) =>
      rows.where('ownerships.start_time', '<=', params.now).where('ownerships.end_time', '>', params.now),
    )
    .$if(shape.current === false, (rows) => rows.where('ownerships.end_time', '<=', params.now))
    .$if(shape.serialNumber, (rows) => rows.where('devices.serial_number', '=', params.serialNumber))
    .$if(shape.customName, (rows) => rows.where('ownerships.custom_name', '=', params.customName))
    .$if(shape.search, (rows) =>
      rows.where((row) =>
        row.or([
          contains(row.ref('devices.serial_number_folded'), params.pattern),
          contains(row.ref('devices.device_name_folded'), params.pattern),
          contains(row.ref('ownerships.custom_name_folded'), params.pattern),
        ]),
      ),
    );
}

/** The devices that a user owns or owned, each with the user's latest ownership. Devices of others are not found. */
function devicesOf(db: Kysely<Schema>, params: BindParams<{ userId: number }>) {
  return db
    .selectFrom('device_ownerships as ownerships')
    .innerJoin('devices', 'devices.id', 'ownerships.device_id')
    .where('ownerships.user_id', '=', params.userId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('device_ownerships as newer')
            .select('newer.id')
            .whereRef('newer.user_id', '=', 'ownerships.user_id')
            .whereRef('newer.device_id', '=', 'ownerships.device_id')
            .whereRef('newer.id', '>', 'ownerships.id'),
        ),
      ),
    );
}
