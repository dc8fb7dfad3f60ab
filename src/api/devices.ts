import { Type } from 'typebox';
import { maxCustomNameLength, readCustomName } from '../devices/names.ts';
import { Problem } from '../http/problem.ts';
import type { Device } from '../ports/store/index.ts';
import type { Api, ApiContext } from './context.ts';
import { identifier, type Json, listOf, listQuery, listSchema, pagingOf, searchParameter } from './lists.ts';
import { bodyProblems, commonProblems, notFound, notOwner } from './problems.ts';

const deviceSchema = Type.Object(
  {
    id: Type.Integer({ examples: [17] }),
    serial_number: Type.String({ description: 'Leading zeros are part of it', examples: ['012345'] }),
    device_name: Type.String({ description: '12 hexadecimal characters', examples: ['a1b2c3d4e5f8'] }),
    custom_name: Type.String({ description: 'What the user calls it; empty if never set', examples: ['Goalkeeper'] }),
  },
  { title: 'Device' },
);

const devicesQuery = Type.Object({
  current: Type.Optional(
    Type.Boolean({
      description:
        'true: the devices the user owns now. false: those owned earlier and not now. Absent: both. `True`, `1` and the like are understood',
    }),
  ),
  serial_number: searchParameter('Exactly this serial number'),
  custom_name: searchParameter('Exactly this custom name'),
  search: searchParameter('Part of the serial number, the device name or the custom name, in either case'),
  ...listQuery(['id', 'serial_number', 'device_name', 'custom_name']),
});

const deviceList = listSchema('DeviceList', 'Devices the user owns or has owned', deviceSchema);
const oneDevice = Type.Object({ ...deviceSchema.properties }, { title: 'Device', description: 'The device' });
const deviceId = Type.Object({ id: identifier('The device', 17) });

function deviceJson(device: Device): Json<typeof deviceSchema> {
  return {
    id: device.id,
    serial_number: device.serialNumber,
    device_name: device.deviceName,
    custom_name: device.customName,
  };
}

/** `/api/v1/devices/`: the devices of the user, and their custom names. */
export function devicesResource(app: Api, context: ApiContext): void {
  listDevices(app, context);
  getDevice(app, context);
  setCustomName(app, context);
}

function listDevices(app: Api, { store, clock }: ApiContext): void {
  app.get(
    '/api/v1/devices/',
    {
      schema: {
        operationId: 'listDevices',
        tags: ['Devices'],
        summary: 'The devices that the user owns or has owned',
        querystring: devicesQuery,
        response: { 200: deviceList, ...commonProblems },
      },
    },
    async ({ query, principal }) => {
      const paging = pagingOf(query, 'id');
      const page = await store.devices.list({
        ...paging,
        userId: principal.userId,
        now: clock.now(),
        ...(query.current !== undefined && { current: query.current }),
        ...(query.serial_number !== undefined && { serialNumber: query.serial_number }),
        ...(query.custom_name !== undefined && { customName: query.custom_name }),
        ...(query.search !== undefined && { search: query.search }),
      });
      return listOf(page, paging, deviceJson);
    },
  );
}

function getDevice(app: Api, { store }: ApiContext): void {
  app.get(
    '/api/v1/devices/:id/',
    {
      schema: {
        operationId: 'getDevice',
        tags: ['Devices'],
        summary: 'One device that the user owns or has owned',
        params: deviceId,
        response: { 200: oneDevice, ...commonProblems, 404: notFound('device') },
      },
    },
    async ({ params, principal }) => {
      const device = await store.devices.find(principal.userId, params.id);
      if (device === undefined) throw unknownDevice();
      return deviceJson(device);
    },
  );
}

function setCustomName(app: Api, { store, clock }: ApiContext): void {
  app.post(
    '/api/v1/devices/:id/set-custom-name/',
    {
      schema: {
        operationId: 'setCustomName',
        tags: ['Devices'],
        summary: 'Names a device that the user owns now',
        params: deviceId,
        body: Type.Object({
          custom_name: Type.String({
            maxLength: maxCustomNameLength,
            description: 'On one line, without control characters. Empty: no name',
            examples: ['Goalkeeper'],
          }),
        }),
        response: { 200: oneDevice, ...commonProblems, ...bodyProblems, 403: notOwner, 404: notFound('device') },
      },
    },
    async ({ params, body, principal }) => {
      const read = readCustomName(body.custom_name);
      if ('problem' in read) throw invalidCustomName(read.problem);
      const { userId } = principal;
      const change = { userId, deviceId: params.id, customName: read.customName, now: clock.now() };
      const outcome = await store.devices.setCustomName(change);
      if (outcome === 'not_owner') throw notOwnerNow();
      const device = outcome === 'changed' ? await store.devices.find(userId, params.id) : undefined;
      if (device === undefined) throw unknownDevice();
      return deviceJson(device);
    },
  );
}

/** One error for a device that does not exist and for one that the user never owned, so that none can be probed. */
export function unknownDevice(): Problem {
  return new Problem(404, 'not_found', 'There is no such device');
}

/** The user owned the device earlier. */
export function notOwnerNow(): Problem {
  return new Problem(403, 'not_owner', 'You do not own this device now');
}

function invalidCustomName(problem: 'too_long' | 'unsupported_character'): Problem {
  const what =
    problem === 'too_long'
      ? `must not have more than ${maxCustomNameLength} characters`
      : 'must be on one line, without control or invisible characters';
  return new Problem(400, 'invalid_request', `custom_name ${what}`);
}
