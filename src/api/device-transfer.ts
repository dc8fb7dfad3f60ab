import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { deviceNamePattern, serialNumberPattern } from '../devices/names.ts';
import { takeDevice } from '../devices/take.ts';
import { networkAddressOf } from '../http/address.ts';
import { Problem } from '../http/problem.ts';
import type { Origin } from '../ports/audit.ts';
import type { Api, ApiContext } from './context.ts';
import { oneOwnership, ownershipJson } from './device-ownerships.ts';
import { notOwnerNow, unknownDevice } from './devices.ts';
import { identifier } from './lists.ts';
import { bodyProblems, commonProblems, deviceOwned, notFound, notOwner } from './problems.ts';

/** `take-ownership/` and `release-ownership/` below `/api/v1/devices/`: a user starts or ends to own a device. */
export function deviceTransferResource(app: Api, context: ApiContext): void {
  takeOwnership(app, context);
  releaseOwnership(app, context);
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
