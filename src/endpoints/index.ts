import type { FastifyInstance } from 'fastify';
import { acceptOnlyForms } from '../http/form-body.ts';
import { writeProblemsWith } from '../http/server.ts';
import type { Services } from '../http/services.ts';
import { healthEndpoints } from './health.ts';
import { introspectEndpoint } from './introspect.ts';
import { metadataEndpoint } from './metadata.ts';
import { oauthProblems } from './problems.ts';
import { reportLeakEndpoint } from './report-leak.ts';
import { revokeTokenEndpoint } from './revoke-token.ts';
import { securityTxtEndpoint } from './security-txt.ts';
import { tokenEndpoint } from './token.ts';

/** The endpoints for programs; the authorization endpoint is a page. To add one: a file, and a line here. */
const endpoints = [
  tokenEndpoint,
  revokeTokenEndpoint,
  introspectEndpoint,
  reportLeakEndpoint,
  metadataEndpoint,
  healthEndpoints,
  securityTxtEndpoint,
];

/** Registers all endpoints, with forms as the only content type and the errors of RFC 6749 5.2. */
export function registerEndpoints(server: FastifyInstance, services: Services): void {
  server.register(async (app) => {
    acceptOnlyForms(app);
    writeProblemsWith(app, oauthProblems(services.oauth.settings.issuer));
    for (const endpoint of endpoints) endpoint(app, services);
  });
}
