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
import { devicesResource } from './devices.ts';
import { collectOpenapi } from './openapi.ts';
import { apiProblem } from './problems.ts';
import { ApplicationThrottle, throttleGuard } from './throttle.ts';
import { compileValidator } from './validation.ts';

const openapiPath = '/api/v1/openapi.json';

/** The protected API. To add a resource: its file, and its name here. */
const resources = [accountResource, devicesResource, deviceOwnershipsResource];

export interface ApiOptions extends ApiContext {
  /** Lets only requests with a good access token through, and sets their `principal`. */
  readonly guard: onRequestAsyncHookHandler;
  /** Of one application on this node; 0: as many as it likes. */
  readonly requestsPerMinute: number;
  /** The origin that the OpenAPI document names, without a trailing slash. */
  readonly publicUrl: string;
}

/** Returns what gives the OpenAPI document, as it is served, once the server is ready. */
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
    const routes = noteRoutes(app);
    await app.register(async (guarded) => protectedRoutes(guarded, options));
    serveOpenapi(app);
    // Outside the guard: neither a preflight nor a wrong method needs a token.
    for (const [path, methods] of [...routes]) {
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
  // The strict reading of the query replaces the framework's; the schemas are checked against it.
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

/** The methods of each path, noted as they are registered. */
function noteRoutes(app: Api): ReadonlyMap<string, readonly HTTPMethods[]> {
  const routes = new Map<string, HTTPMethods[]>();
  app.addHook('onRoute', ({ url, method }) => {
    const methods = [method].flat().filter((name) => name !== 'HEAD');
    if (methods.length > 0) routes.set(url, [...(routes.get(url) ?? []), ...(methods as HTTPMethods[])]);
  });
  return routes;
}
