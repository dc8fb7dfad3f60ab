import type { FastifyInstance } from 'fastify';
import type { Services } from '../http/services.ts';
import { endpointPaths } from '../oauth/metadata.ts';
import { handleTokenRequest } from '../oauth/token-request.ts';
import { backChannel } from './back-channel.ts';

/** `POST /oauth2/token/` (RFC 6749 3.2). */
export function tokenEndpoint(app: FastifyInstance, services: Services): void {
  backChannel(app, endpointPaths.token, (request) => handleTokenRequest(services.oauth, request));
}
