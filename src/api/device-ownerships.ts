import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { deviceNamePattern, serialNumberPattern } from '../devices/names.ts';
import { takeDevice } from '../devices/take.ts';
import { networkAddressOf } from '../http/address.ts';
import { Problem } from '../http/problem.ts';
import type { Origin } from '../ports/audit.ts';
import type { Ownership } from '../ports/store/index.ts';
import type { Api, ApiContext } from './context.ts';
import { notOwnerNow, unknownDevice } from './devices.ts';
import { identifier, type Json, listOf, listQuery, listSchema, pagingOf, searchText } from './lists.ts';
import { bodyProblems, commonProblems, deviceOwned, notFound, notOwner } from './problems.ts';
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
  search: searchText('Part of the serial number or the device name, in either case'),
  ...listQuery(['id', 'start_time', 'end_time', 'device']),
});

const ownershipList = listSchema('DeviceOwnershipList', 'Ownerships of the user', ownershipSchema);
const oneOwnership = (description: string) =>
  Type.Object({ ...ownershipSchema.properties }, { title: 'DeviceOwnership', description });

function ownershipJson({ id, startTime, endTime, userId, device }: Ownership): Json<typeof ownershipSchema> {
  return {
    id,
    start_time: apiTime(startTime),
    end_time: apiTime(endTime),
    device: device.id,
    manager: userId,
    device_details: { id: device.id, device_name: device.deviceName, serial_number: device.serialNumber },
  };
}

/** `/api/v1/device-ownerships/`, and the operations that take and release a device. */
export function deviceOwnershipsResource(app: Api, context: ApiContext): void {
  listOwnerships(app, context);
  getOwnership(app, context);
  takeOwnership(app, context);
  releaseOwnership(app, context);
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

function takeOwnership(app: Api, context: ApiContext): void {
  app.post(
    '/api/v1/devices/take-ownership/',
    {
      schema: {
        operationId: 'takeOwnership',
        tags: ['Device ownerships'],
        summary: 'Makes the user the owner of a device that nobody owns',
        description: 'Serial number and device name are both printed on the device; they must belong together.',
        body: Type.Object({
          serial_number: Type.String({
            pattern: serialNumberPattern,
            description: '1 to 40 letters, digits and hyphens',
            examples: ['012345'],
          }),
          device_name: Type.String({
            pattern: deviceNamePattern,
            description: '12 hexadecimal characters',
            examples: ['a1b2c3d4e5f8'],
          }),
        }),
        response: {
          200: oneOwnership('The user owned it already; this is that ownership'),
          201: oneOwnership('The new ownership'),
          ...commonProblems,
          ...bodyProblems,
          404: notFound('device'),
          409: deviceOwned,
        },
      },
    },
    async (request, reply) => {
      const { body, principal } = request;
      const result = await takeDevice(context, {
        userId: principal.userId,
        origin: originOf(request),
        serialNumber: body.serial_number,
        deviceName: body.device_name.toLowerCase(),
      });
      if (result.outcome === 'throttled') throw tooManyGuesses(result.retryAfterSeconds);
      // One error for a wrong serial number and a wrong device name: otherwise each could be guessed separately.
      if (!('ownership' in result)) throw result.outcome === 'owned' ? ownedBySomebodyElse() : unknownDevice();
      return reply.code(result.outcome === 'taken' ? 201 : 200).send(ownershipJson(result.ownership));
    },
  );
}

function releaseOwnership(app: Api, { store, clock }: ApiContext): void {
  app.post(
    '/api/v1/devices/:id/release-ownership/',
    {
      schema: {
        operationId: 'releaseOwnership',
        tags: ['Device ownerships'],
        summary: 'Ends the ownership of a device that the user owns now',
        description: 'The user keeps access to what the device recorded until then. There is no body.',
        params: Type.Object({ id: identifier('The device', 17) }),
        response: {
          200: oneOwnership('The ownership that has ended'),
          ...commonProblems,
          ...bodyProblems,
          403: notOwner,
          404: notFound('device'),
        },
      },
    },
    async (request) => {
      const { userId } = request.principal;
      const release = { userId, deviceId: request.params.id, now: clock.now(), origin: originOf(request) };
      const result = await store.devices.release(release);
      if (!('ownership' in result)) throw result.outcome === 'not_owner' ? notOwnerNow() : unknownDevice();
      return ownershipJson(result.ownership);
    },
  );
}

function originOf(request: FastifyRequest): Origin {
  return { from: networkAddressOf(request), detail: { application: request.principal.clientId } };
}

function tooManyGuesses(retryAfterSeconds: number): Problem {
  return new Problem(
    429,
    'throttled',
    'Too many devices that do not exist were tried; wait as long as Retry-After says',
    {
      retryAfterSeconds,
    },
  );
}

function ownedBySomebodyElse(): Problem {
  return new Problem(409, 'device_owned', 'Somebody else owns this device now; they have to release it first');
}
