import { type FastifyBaseLogger, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import type { Config } from '../config/load.ts';
import { OAuthError } from '../oauth/errors/oauth-error.ts';
import type { AvailabilityChange } from '../ports/store/index.ts';
import { pathOf } from './paths.ts';
import type { Problem } from './problem.ts';
import { isRoutine } from './refused-request.ts';

/**
 * The logger options for Fastify. All requests share one logger instead of a child each, since most write no line.
 * Lines about a request get its ID from {@link about}.
 */
export function logging(config: Pick<Config, 'logLevel'>) {
  return {
    logger: loggerFor(config),
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: (logger: FastifyBaseLogger) => logger,
  };
}

/**
 * Log lines never contain a query, a header or a body, because these contain codes, tokens and passwords. All lines go
 * to standard error; standard output stays free for the results of commands.
 */
function loggerFor(config: Pick<Config, 'logLevel'>) {
  return {
    level: config.logLevel,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { req: describeRequest, err: (error: unknown) => describeError(error) },
    stream: process.stderr,
  };
}

function describeRequest(request: FastifyRequest) {
  return { method: request.method, path: maskedPath(request.url), from: request.ip };
}

/**
 * Masks tokens and secrets that were put into a path by mistake. They are recognised by their prefix; client IDs have
 * it too and stay, because they are public.
 */
function maskedPath(url: string): string {
  return pathOf(url)
    .replace(/(insiders_(?!app_)[a-z]+_)[\w-]+/gi, '$1…')
    .slice(0, 200);
}

type DescribedError = {
  readonly type: string;
  /** A code of Node.js such as ECONNRESET, or an SQLSTATE. */
  readonly code?: string;
  readonly message: string;
  readonly stack: string;
  readonly cause?: DescribedError;
};

/** The depth to which causes of causes are described: an error may be its own cause. */
const maxDepth = 3;

/**
 * Describes an error and its causes: name, code and stack, and the message of our own errors only: messages of
 * libraries may quote input.
 */
function describeError(error: unknown, depth = 1): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: '' };
  const isOurs = error.name === 'Problem' || error.name === 'StoreUnavailable';
  const code = 'code' in error && /^\w{1,50}$/.test(String(error.code)) ? { code: String(error.code) } : {};
  const cause = error.cause === undefined || depth === maxDepth ? {} : { cause: describeError(error.cause, depth + 1) };
  return { type: error.name, ...code, message: isOurs ? error.message : '', stack: framesOf(error), ...cause };
}

function framesOf(error: Error): string {
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  return frames.slice(0, 10).join('\n');
}

/** Logs one line for a request that was refused or failed; at level `debug` also for a successful one. */
export function logOutcome(request: FastifyRequest, reply: FastifyReply): void {
  const { statusCode } = reply;
  const line = about(request, { req: request, status: statusCode, ms: Math.round(reply.elapsedTime) });
  // 503 is the deliberate response of a server under load, not an error.
  if (statusCode === 503) request.log.warn(line, 'refused');
  else if (statusCode >= 500) request.log.error(line, 'failed');
  else if (statusCode >= 400 && request.isRoutine !== true) request.log.info(line, 'refused');
  else request.log.debug(line, 'answered');
}

/**
 * Logs the cause of a problem, which its client must not see, and records it for the application's developers.
 * `message`: the text of the line for an OAuth error.
 */
export function logProblem(problem: Problem, request: FastifyRequest, message = 'refusal'): void {
  recordProblem(problem, request);
  const { cause } = problem;
  if (isRoutine(problem)) request.isRoutine = true;
  else if (cause instanceof OAuthError) request.log.info(about(request, describeOAuthError(cause)), message);
  else if (problem.status >= 500 && cause instanceof Error)
    request.log.error(about(request, { err: cause }), problem.code);
}

/** The error code and why it was returned; never a secret, token, code or password. */
function describeOAuthError({ row, cause, clientId, retryAfterSeconds }: OAuthError) {
  return { reason: row.error, cause, client_id: clientId, retryAfterSeconds };
}

/**
 * Logs one line when the database becomes unavailable, and one when it is available again. Requests that fail in
 * between have lines of their own.
 */
export function logAvailability(log: FastifyBaseLogger, change: AvailabilityChange): void {
  if (change.state === 'unavailable') log.error({ err: change.cause }, 'database unavailable');
  else log.warn({ ms: change.afterMs }, 'database available again');
}

/** Logs an uncaught error, after which the process ends. */
export function logFatal(log: FastifyBaseLogger, error: unknown): void {
  log.fatal({ err: error }, 'fatal error: the server stops');
}

/** Records a refused request for the application's developers. An error of that never reaches the response. */
function recordProblem(problem: Problem, request: FastifyRequest): void {
  try {
    request.server.recordProblem?.(problem, request);
  } catch (error) {
    request.log.error(about(request, { err: error }), 'refused request not noted');
  }
}

/** Adds the id of the request to a line. */
function about(request: FastifyRequest, line: object): object {
  return { reqId: request.id, ...line };
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Records a refused request. Set by main.ts; absent on servers that record none. */
    recordProblem?: (problem: Problem, request: FastifyRequest) => void;
  }
  interface FastifyRequest {
    /** Its error is expected in the normal course of the protocol, so the request is logged like a successful one. */
    isRoutine?: true;
  }
}
