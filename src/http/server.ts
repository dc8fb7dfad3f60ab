import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Config } from '../config/load.ts';
import { refuseConnection } from './connection-errors.ts';
import { pageHeaders } from './headers.ts';
import { bodyLimit } from './limits.ts';
import { logging, logOutcome } from './log.ts';
import { endpointAt } from './oauth-endpoint.ts';
import { isPlainPath, KnownPaths, pathOf, queryOf } from './paths.ts';
import { Problem, problemOf, tooLarge } from './problem.ts';

/** How a part of the site says that something went wrong. */
export type ProblemWriter = (problem: Problem, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** One for each kind of reader. */
export interface ProblemWriters {
  readonly forPages: ProblemWriter;
  readonly forApi: ProblemWriter;
  readonly forPrograms: ProblemWriter;
}

/** The HTTP server without any route: limits, request ids, log, the rules for paths, and what an unknown one gets. */
export function createServer(config: Config, write: ProblemWriters) {
  const app = Fastify({
    ...logging(config),
    trustProxy: config.trustProxy,
    bodyLimit,
    genReqId: () => randomUUID(),
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    // A repeated Authorization header is joined, and so malformed; otherwise the first would count while a proxy may
    // have read the other.
    http: { headersTimeout: 15_000, connectionsCheckingInterval: 5_000, joinDuplicateHeaders: true },
    forceCloseConnections: 'idle',
    // What still comes on a connection that is open is answered like everything else.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 100, caseSensitive: true, ignoreTrailingSlash: false },
    clientErrorHandler: refuseConnection,
    frameworkErrors: (_error, request, reply) => void notFound(request, reply),
  });
  const isHttps = config.publicUrl.startsWith('https://');
  const known = new KnownPaths();
  known.watch(app);
  const notFound = async (request: FastifyRequest, reply: FastifyReply) => {
    const path = pathOf(request.url);
    const slashed = known.withSlash(path);
    const writer = writerFor(write, request);
    if (slashed === undefined) return writer(unknownPath(), request, reply);
    return missingSlash(slashed, request, reply, writer === write.forPages ? write.forPrograms : writer);
  };
  app.setNotFoundHandler(notFound);
  app.setErrorHandler((thrown, request, reply) =>
    writerFor(write, request)(problemAt(thrown, request), request, reply),
  );
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    // Where the platform is reached by https, browsers shall never try without (RFC 6797 7.1).
    if (isHttps) reply.header('strict-transport-security', 'max-age=31536000');
    // Joined by a comma: it came twice (RFC 9112 3.2).
    if (request.headers.host?.includes(',')) return done(new Problem(400, 'invalid_request', 'Host was sent twice'));
    const limit = request.routeOptions.bodyLimit ?? bodyLimit;
    // Refused here, before guards and hooks. A body that doesn't say how long it is, is counted while it is read.
    if (Number(request.headers['content-length'] ?? 0) > limit) {
      // The connection ends with the response; otherwise the rest of the body would have to be read first.
      reply.header('connection', 'close');
      return done(tooLarge(limit));
    }
    // Where the router saw through an encoded alias of a path, the alias still is not the path.
    done(isPlainPath(pathOf(request.url)) || request.is404 ? undefined : unknownPath());
  });
  app.addHook('onResponse', (request, reply, done) => {
    logOutcome(request, reply);
    done();
  });
  return app;
}

export type Server = ReturnType<typeof createServer>;

/** Within `app`, problems are written by `write`. */
export function writeProblemsWith(app: FastifyInstance, write: ProblemWriter): void {
  app.setErrorHandler((thrown, request, reply) => write(problemAt(thrown, request), request, reply));
}

function problemAt(thrown: unknown, { url }: FastifyRequest): Problem {
  return problemOf(thrown, endpointAt(url));
}

/** The paths that programs call get JSON, whatever they accept; elsewhere people's browsers get a page. */
function writerFor(write: ProblemWriters, request: FastifyRequest): ProblemWriter {
  const path = pathOf(request.url);
  if (/^\/api(\/|$)/.test(path)) return write.forApi;
  if (/^\/(oauth2|\.well-known)(\/|$)/.test(path) && path !== '/oauth2/authorize/') return write.forPrograms;
  return acceptsHtml(request) ? write.forPages : write.forPrograms;
}

function acceptsHtml(request: FastifyRequest): boolean {
  return request.headers.accept?.includes('text/html') ?? false;
}

function unknownPath(): Problem {
  return new Problem(404, 'not_found', 'There is nothing at this address');
}

/**
 * Handles paths without their trailing slash, which are never the endpoint itself. GET and HEAD are redirected to the
 * right path, with the query untouched and the headers of a page; anything else gets an error that names the right
 * path, so that nothing is executed and no body is lost on the way.
 */
async function missingSlash(path: string, request: FastifyRequest, reply: FastifyReply, write: ProblemWriter) {
  const query = queryOf(request.url);
  const location = request.url.includes('?') ? `${path}?${query}` : path;
  if (request.method === 'GET' || request.method === 'HEAD') {
    pageHeaders(reply);
    return reply.code(308).header('location', location).send();
  }
  return write(new Problem(404, 'not_found', `The address needs its trailing slash: ${path}`), request, reply);
}
