import { sql } from 'kysely';
import { type Migration, notNull, reference } from './migration.ts';

export const createDevices: Migration = {
  name: '0005-devices',
  statements: ({ queries: { schema }, text, identity }) => [
    schema
      .createTable('devices')
      .addColumn('id', identity.type, identity.build)
      .addColumn('serial_number', text, (column) => column.notNull().unique())
      .addColumn('serial_number_folded', text, notNull)
      .addColumn('device_name', text, notNull)
      .addColumn('device_name_folded', text, notNull)
      .addColumn('created_at', 'bigint', notNull),
    schema
      .createTable('device_ownerships')
      .addColumn('id', identity.type, identity.build)
      .addColumn('device_id', 'bigint', reference('devices.id'))
      .addColumn('user_id', 'bigint', reference('users.id'))
      .addColumn('start_time', 'bigint', notNull)
      .addColumn('end_time', 'bigint', notNull)
      .addColumn('custom_name', text, notNull)
      .addColumn('custom_name_folded', text, notNull),
    schema.createIndex('device_ownerships_by_user').on('device_ownerships').columns(['user_id', 'device_id']),
    // A device has at most one current owner: their ownership has the open end, 2999-12-31T23:59:59Z.
    schema
      .createIndex('device_ownerships_open')
      .unique()
      .on('device_ownerships')
      .column('device_id')
      .where(sql.ref('end_time'), '=', sql.lit(32_503_679_999_000)),
  ],
};
