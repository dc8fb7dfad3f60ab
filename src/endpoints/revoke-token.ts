import type { FastifyInstance } from 'fastify';
import type { Services } from '../http/services.ts';
import { endpointPaths } from '../oauth/metadata.ts';
import { handleRevocation } from '../oauth/revoke.ts';
import { backChannel } from './back-channel.ts';

/** `POST /oauth2/revoke-token/` (RFC 7009). The body is an empty JSON object: some clients can't read an empty text. */
export function revokeTokenEndpoint(app: FastifyInstance, services: Services): void {
  backChannel(app, endpointPaths.revoke, async (request) => {
    await handleRevocation(services.oauth, request);
    return {};
  });
}
