import type { FastifyInstance, HTTPMethods, onRequestAsyncHookHandler } from 'fastify';
import { allowAnyOrigin, readableByAnyOrigin } from '../http/cors.ts';
import { responseHeaders } from '../http/headers.ts';
import { sandboxRequestsPerMinute } from '../http/limits.ts';
import { refuseOtherMethods } from '../http/methods.ts';
import { queryOf } from '../http/paths.ts';
import { writeProblemsWith } from '../http/server.ts';
import { parseParams } from '../oauth/params.ts';
import { accountResource } from './account.ts';
import { acceptOnlyJson } from './body.ts';
import type { Api, ApiContext } from './context.ts';
import { deviceOwnershipsResource } from './device-ownerships.ts';
import { deviceTransferResource } from './device-transfer.ts';
import { devicesResource } from './devices.ts';
import { collectOpenapi } from './openapi.ts';
import { apiProblem } from './problems.ts';
import { ApplicationThrottle, throttleGuard } from './throttle.ts';
import { compileValidator } from './validation.ts';

const openapiPath = '/api/v1/openapi.json';

/** The protected API. To add a resource: its file, and its name here. */
const resources = [accountResource, devicesResource, deviceOwnershipsResource, deviceTransferResource];

export interface ApiOptions extends ApiContext {
  /** Admits only requests with a valid access token, and sets their `principal`. */
  readonly guard: onRequestAsyncHookHandler;
  /** Requests per minute of one application on this node; 0: no limit. */
  readonly requestsPerMinute: number;
  /** The origin that the OpenAPI document names, without a trailing slash. */
  readonly publicUrl: string;
}

/**
 * Registers the API on the server. Returns a function for its OpenAPI document, which throws until the server is ready.
 */
export function registerApi(server: FastifyInstance, options: ApiOptions): () => object {
  let ready: Api | undefined;
  server.register(async (scope) => {
    const app: Api = scope.withTypeProvider();
    ready = app;
    acceptOnlyJson(scope);
    writeProblemsWith(scope, apiProblem);
    app.setValidatorCompiler(compileValidator);
    app.addHook('onRequest', async (_request, reply) => {
      responseHeaders(reply);
      readableByAnyOrigin(reply);
    });
    await collectOpenapi(app, options.publicUrl);
    const methodsByPath = collectMethods(app);
    await app.register(async (guarded) => protectedRoutes(guarded, options));
    serveOpenapi(app);
    // Registered outside the guard: a preflight and a wrong method need no token.
    for (const [path, methods] of [...methodsByPath]) {
      allowAnyOrigin(scope, path, methods.join(', '));
      refuseOtherMethods(scope, path, [...methods, 'OPTIONS']);
    }
  });
  return () => {
    if (ready === undefined) throw new Error('The API is described once the server is ready');
    return ready.swagger();
  };
}

function protectedRoutes(app: Api, options: ApiOptions): void {
  app.addHook('onRequest', options.guard);
  const approved = options.requestsPerMinute > 0 ? new ApplicationThrottle(options.requestsPerMinute) : null;
  const sandbox = new ApplicationThrottle(sandboxRequestsPerMinute);
  app.addHook('onRequest', throttleGuard({ approved, sandbox }, options.clock));
  // Replaces Fastify's query by the strictly parsed one, which the schemas are then checked against.
  app.addHook('preValidation', async (request) => {
    request.query = parseParams(queryOf(request.url));
  });
  for (const resource of resources) resource(app, options);
}

function serveOpenapi(app: Api): void {
  let document: string | undefined;
  app.get(openapiPath, async (_request, reply) => {
    document ??= JSON.stringify(app.swagger());
    return reply.type('application/json; charset=utf-8').send(document);
  });
}

/** Collects the methods of each path as its routes are registered. */
function collectMethods(app: Api): ReadonlyMap<string, readonly HTTPMethods[]> {
  const methodsByPath = new Map<string, HTTPMethods[]>();
  app.addHook('onRoute', ({ url, method }) => {
    const methods = [method].flat().filter((name) => name !== 'HEAD');
    if (methods.length > 0) methodsByPath.set(url, [...(methodsByPath.get(url) ?? []), ...(methods as HTTPMethods[])]);
  });
  return methodsByPath;
}
