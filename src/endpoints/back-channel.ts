import type { FastifyInstance, FastifyRequest } from 'fastify';
import { networkOf } from '../accounts/network.ts';
import { networkAddressOf } from '../http/address.ts';
import { allowAnyOrigin, readableByAnyOrigin } from '../http/cors.ts';
import { formBody } from '../http/form-body.ts';
import { responseHeaders } from '../http/headers.ts';
import { refuseOtherMethods } from '../http/methods.ts';
import type { BackChannelRequest } from '../oauth/back-channel-request.ts';

/**
 * Adds an endpoint that programs call with a form and that returns JSON: POST only, never cached, open to any origin.
 * `handle` returns the body of the response, or throws an error.
 */
export function backChannel(
  app: FastifyInstance,
  path: string,
  handle: (request: BackChannelRequest) => Promise<object>,
): void {
  app.post(path, async (request, reply) => {
    const result = await handle(backChannelRequest(request));
    responseHeaders(reply);
    readableByAnyOrigin(reply);
    return result;
  });
  allowAnyOrigin(app, path, 'POST');
  refuseOtherMethods(app, path, ['POST', 'OPTIONS']);
}

function backChannelRequest(request: FastifyRequest): BackChannelRequest {
  const from = networkAddressOf(request);
  return { body: formBody(request), authorization: request.headers.authorization, from, network: networkOf(from) };
}
