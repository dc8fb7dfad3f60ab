import type { FastifyInstance } from 'fastify';
import type { Services } from '../http/services.ts';
import { handleIntrospection } from '../oauth/introspect.ts';
import { endpointPaths } from '../oauth/metadata.ts';
import { backChannel } from './back-channel.ts';

/** `POST /oauth2/introspect/` (RFC 7662). */
export function introspectEndpoint(app: FastifyInstance, services: Services): void {
  backChannel(app, endpointPaths.introspect, (request) => handleIntrospection(services.oauth, request));
}
