import swagger from '@fastify/swagger';
import { endpointPaths } from '../oauth/metadata.ts';
import type { Api } from './context.ts';

const description = `Read the devices of managers who authorized your application. Every request carries an access token:
\`Authorization: Bearer …\`. Paths end with a slash. Times are ISO 8601 in UTC.

Errors are \`{"detail": "…", "code": "…"}\` with the HTTP status that fits; \`detail\` is for people, \`code\` for programs.
Parameters that are not listed are ignored. 429 and 503 say in \`Retry-After\` how many seconds to wait.`;

/** Collects the schemas of all routes registered after this call into one OpenAPI 3.1 document. */
export async function collectOpenapi(app: Api, publicUrl: string): Promise<void> {
  const tokenUrl = publicUrl + endpointPaths.token;
  const scopes = { all: 'Access to all data' };
  await app.register(swagger, {
    hideUntagged: true,
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Insiders API',
        version: '1.0.0',
        description,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: publicUrl }],
      tags: [
        { name: 'Account', description: 'The user' },
        { name: 'Devices', description: 'GPS trackers' },
        { name: 'Device ownerships', description: 'Who owns a device, and when: one manager at a time' },
      ],
      security: [{ bearer: [] }, { oauth2: ['all'] }],
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'An access token' },
          oauth2: {
            type: 'oauth2',
            description: 'An application has one of the two flows',
            flows: {
              authorizationCode: {
                authorizationUrl: publicUrl + endpointPaths.authorize,
                tokenUrl,
                refreshUrl: tokenUrl,
                scopes,
              },
              password: { tokenUrl, refreshUrl: tokenUrl, scopes },
            },
          },
        },
      },
    },
  });
}
