import type { FastifyInstance } from 'fastify';
import { readableByAnyOrigin } from '../http/cors.ts';
import { responseHeaders } from '../http/headers.ts';
import { refuseOtherMethods } from '../http/methods.ts';
import type { Services } from '../http/services.ts';
import { endpointPaths, metadata } from '../oauth/metadata.ts';

/** `GET /.well-known/oauth-authorization-server` (RFC 8414 3). */
export function metadataEndpoint(app: FastifyInstance, services: Services): void {
  const document = metadata(services.oauth.settings.issuer);
  app.get(endpointPaths.metadata, async (_request, reply) => {
    responseHeaders(reply);
    readableByAnyOrigin(reply);
    return document;
  });
  refuseOtherMethods(app, endpointPaths.metadata, ['GET']);
}
