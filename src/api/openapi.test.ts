import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { type ApiOptions, registerApi } from './index.ts';

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, { readonly description: string; readonly headers?: object }>>;
  readonly requestBody?: unknown;
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly security: readonly object[];
  readonly components: { readonly securitySchemes: { readonly oauth2: { readonly flows: object } } };
}

async function fetchDocument(): Promise<Document> {
  const app = Fastify();
  const guard = async () => {
    throw new Error('the document needs no token');
  };
  const context = { publicUrl: 'https://insiders.example', requestsPerMinute: 0, guard };
  registerApi(app, context as unknown as ApiOptions);
  return (await app.inject('/api/v1/openapi.json')).json();
}

describe('the OpenAPI document', () => {
  it('lists every operation with all its statuses', async () => {
    const { openapi, paths } = await fetchDocument();
    expect(openapi).toBe('3.1.0');
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, { responses }]) => `${method} ${path}: ${Object.keys(responses).join(' ')}`,
      ),
    );
    const always = '400 401 429 500 503';
    expect(operations.sort()).toEqual([
      `get /api/v1/account/: 200 ${always}`,
      `get /api/v1/device-ownerships/: 200 ${always}`,
      'get /api/v1/device-ownerships/{id}/: 200 400 401 404 429 500 503',
      `get /api/v1/devices/: 200 ${always}`,
      'get /api/v1/devices/{id}/: 200 400 401 404 429 500 503',
      'post /api/v1/devices/take-ownership/: 200 201 400 401 404 409 413 415 429 500 503',
      'post /api/v1/devices/{id}/release-ownership/: 200 400 401 403 404 413 415 429 500 503',
      'post /api/v1/devices/{id}/set-custom-name/: 200 400 401 403 404 413 415 429 500 503',
    ]);
  });

  it('names both flows and the bearer header', async () => {
    const { security, components } = await fetchDocument();
    expect(security).toEqual([{ bearer: [] }, { oauth2: ['all'] }]);
    expect(components.securitySchemes.oauth2.flows).toMatchObject({
      authorizationCode: {
        authorizationUrl: 'https://insiders.example/oauth2/authorize/',
        tokenUrl: 'https://insiders.example/oauth2/token/',
      },
      password: { tokenUrl: 'https://insiders.example/oauth2/token/' },
    });
  });

  it('describes Retry-After and the challenge', async () => {
    const { paths } = await fetchDocument();
    const responses = paths['/api/v1/devices/']?.get?.responses;
    expect(responses?.['429']?.headers).toHaveProperty('Retry-After');
    expect(responses?.['503']?.headers).toHaveProperty('Retry-After');
    expect(responses?.['401']?.headers).toHaveProperty('WWW-Authenticate');
  });
});
