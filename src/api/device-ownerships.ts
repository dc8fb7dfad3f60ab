import { Type } from 'typebox';
import { Problem } from '../http/problem.ts';
import type { Ownership } from '../ports/store/index.ts';
import type { Api, ApiContext } from './context.ts';
import { identifier, type Json, listOf, listQuery, listSchema, pagingOf, searchParameter } from './lists.ts';
import { commonProblems, notFound } from './problems.ts';
import { apiTime } from './times.ts';

const ownershipSchema = Type.Object(
  {
    id: Type.Integer({ examples: [42] }),
    start_time: Type.String({ format: 'date-time', examples: ['2024-01-01T06:00:00.000000Z'] }),
    end_time: Type.String({
      format: 'date-time',
      description: '2999-12-31T23:59:59Z while it goes on',
      examples: ['2999-12-31T23:59:59Z'],
    }),
    device: Type.Integer({ description: 'The id of the device', examples: [17] }),
    manager: Type.Integer({ description: 'The id of the user', examples: [3] }),
    device_details: Type.Object({
      id: Type.Integer({ examples: [17] }),
      device_name: Type.String({ examples: ['a1b2c3d4e5f8'] }),
      serial_number: Type.String({ examples: ['012345'] }),
    }),
  },
  { title: 'DeviceOwnership' },
);

const ownershipsQuery = Type.Object({
  device: Type.Optional(identifier('Only ownerships of this device', 17)),
  current: Type.Optional(
    Type.Boolean({
      description: 'true: those that go on. false: those that are over. `True`, `1` and the like are understood',
    }),
  ),
  search: searchParameter('Part of the serial number or the device name, in either case'),
  ...listQuery(['id', 'start_time', 'end_time', 'device']),
});

const ownershipList = listSchema('DeviceOwnershipList', 'Ownerships of the user', ownershipSchema);

/** The schema of one ownership as a response. */
export const oneOwnership = (description: string) =>
  Type.Object({ ...ownershipSchema.properties }, { title: 'DeviceOwnership', description });

/** An ownership as the API writes it. */
export function ownershipJson({ id, startTime, endTime, userId, device }: Ownership): Json<typeof ownershipSchema> {
  return {
    id,
    start_time: apiTime(startTime),
    end_time: apiTime(endTime),
    device: device.id,
    manager: userId,
    device_details: { id: device.id, device_name: device.deviceName, serial_number: device.serialNumber },
  };
}

/** `/api/v1/device-ownerships/`: when the user owned which device. */
export function deviceOwnershipsResource(app: Api, context: ApiContext): void {
  listOwnerships(app, context);
  getOwnership(app, context);
}

function listOwnerships(app: Api, { store, clock }: ApiContext): void {
  app.get(
    '/api/v1/device-ownerships/',
    {
      schema: {
        operationId: 'listDeviceOwnerships',
        tags: ['Device ownerships'],
        summary: 'When the user owned which device',
        querystring: ownershipsQuery,
        response: { 200: ownershipList, ...commonProblems },
      },
    },
    async ({ query, principal }) => {
      const paging = pagingOf(query, 'id');
      const page = await store.devices.listOwnerships({
        ...paging,
        userId: principal.userId,
        now: clock.now(),
        ...(query.device !== undefined && { deviceId: query.device }),
        ...(query.current !== undefined && { current: query.current }),
        ...(query.search !== undefined && { search: query.search }),
      });
      return listOf(page, paging, ownershipJson);
    },
  );
}

function getOwnership(app: Api, { store }: ApiContext): void {
  app.get(
    '/api/v1/device-ownerships/:id/',
    {
      schema: {
        operationId: 'getDeviceOwnership',
        tags: ['Device ownerships'],
        summary: 'One ownership of the user',
        params: Type.Object({ id: identifier('The ownership', 42) }),
        response: { 200: oneOwnership('The ownership'), ...commonProblems, 404: notFound('ownership') },
      },
    },
    async ({ params, principal }) => {
      const ownership = await store.devices.findOwnership(principal.userId, params.id);
      if (ownership === undefined) throw new Problem(404, 'not_found', 'There is no such ownership');
      return ownershipJson(ownership);
    },
  );
}
