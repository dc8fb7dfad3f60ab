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

/** Writes a problem as the response of one part of the site. */
export type ProblemWriter = (problem: Problem, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** One writer per audience: people, the API's clients, and OAuth clients. */
export interface ProblemWriters {
  readonly forPages: ProblemWriter;
  readonly forApi: ProblemWriter;
  readonly forPrograms: ProblemWriter;
}

/** Creates the HTTP server without routes: limits, request ids, log, the rules for paths, and 404 for unknown ones. */
export function createServer(config: Config, write: ProblemWriters) {
  const app = Fastify({
    ...logging(config),
    trustProxy: config.trustProxy,
    bodyLimit,
    genReqId: () => randomUUID(),
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    // Joins repeated headers, which makes a repeated Authorization header malformed. Otherwise Node would use the first
    // one, while a proxy may have checked the other.
    http: { headersTimeout: 15_000, connectionsCheckingInterval: 5_000, joinDuplicateHeaders: true },
    forceCloseConnections: 'idle',
    // Requests on connections that are still open are served while the server closes.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 100, caseSensitive: true, ignoreTrailingSlash: false },
    clientErrorHandler: refuseConnection,
    frameworkErrors: (_error, request, reply) => void notFound(request, reply),
  });
  const isHttps = config.publicUrl.startsWith('https://');
  const knownPaths = new KnownPaths();
  knownPaths.watch(app);
  const notFound = async (request: FastifyRequest, reply: FastifyReply) => {
    const path = pathOf(request.url);
    const rightPath = knownPaths.withSlash(path);
    const writer = writerFor(write, request);
    if (rightPath === undefined) return writer(unknownPath(), request, reply);
    return missingSlash(rightPath, request, reply, writer === write.forPages ? write.forPrograms : writer);
  };
  app.setNotFoundHandler(notFound);
  app.setErrorHandler((thrown, request, reply) =>
    writerFor(write, request)(problemAt(thrown, request), request, reply),
  );
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    // On https, browsers must never try http again (RFC 6797 7.1).
    if (isHttps) reply.header('strict-transport-security', 'max-age=31536000');
    // A comma means that the header was sent twice and joined (RFC 9112 3.2).
    if (request.headers.host?.includes(',')) return done(new Problem(400, 'invalid_request', 'Host was sent twice'));
    const limit = request.routeOptions.bodyLimit ?? bodyLimit;
    // Refuse here, before guards and hooks run. Fastify counts a body without a length while it reads it.
    if (Number(request.headers['content-length'] ?? 0) > limit) {
      // Close the connection with the response; otherwise the rest of the body would have to be read first.
      reply.header('connection', 'close');
      return done(tooLarge(limit));
    }
    // The router decodes paths, so it also matches encoded aliases of a path. Those are not served.
    done(isPlainPath(pathOf(request.url)) || request.is404 ? undefined : unknownPath());
  });
  app.addHook('preParsing', (request, reply, payload, done) => {
    if (!isEncoded(request.headers)) return done(null, payload);
    // RFC 9110 15.5.16
    reply.header('accept-encoding', 'identity');
    payload.resume();
    done(new Problem(415, 'unsupported_media_type', 'Send the body without Content-Encoding: it is not decoded here'));
  });
  app.addHook('onResponse', (request, reply, done) => {
    logOutcome(request, reply);
    done();
  });
  return app;
}

export type Server = ReturnType<typeof createServer>;

/** Makes `write` the writer of all problems within `app`. */
export function writeProblemsWith(app: FastifyInstance, write: ProblemWriter): void {
  app.setErrorHandler((thrown, request, reply) => write(problemAt(thrown, request), request, reply));
}

/** Whether the request has a body with a content coding such as gzip (RFC 9110 8.4). */
function isEncoded(headers: FastifyRequest['headers']): boolean {
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  const coding = headers['content-encoding']?.trim().toLowerCase() ?? '';
  return hasBody && coding !== '' && coding !== 'identity';
}

function problemAt(thrown: unknown, { url }: FastifyRequest): Problem {
  return problemOf(thrown, endpointAt(url));
}

/** Paths of programs get JSON whatever the request accepts; on other paths a request that accepts HTML gets a page. */
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
 * right path, with the query unchanged and the headers of a page. Other methods get an error that names the right path:
 * clients may drop the body, or change the method, when they follow a redirect.
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
