import { type FastifyBaseLogger, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import type { Config } from '../config/load.ts';
import { OAuthError } from '../oauth/errors/oauth-error.ts';
import type { AvailabilityChange } from '../ports/store/index.ts';
import { pathOf } from './paths.ts';
import type { Problem } from './problem.ts';
import { isRoutine } from './refused-request.ts';

/**
 * The logger options for Fastify. One logger serves all requests: most write no line, so the request ID is added to
 * those that do ({@link about}).
 */
export function logging(config: Pick<Config, 'logLevel'>) {
  return {
    logger: loggerFor(config),
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: (logger: FastifyBaseLogger) => logger,
  };
}

/**
 * Log lines never contain a query, a header or a body, because codes, tokens and passwords travel in those. Everything
 * goes to standard error, so that standard output is left to the program's caller.
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
 * Masks tokens and secrets that got into a path by mistake, by the prefix that all of ours have. Client IDs are public.
 */
function maskedPath(url: string): string {
  return pathOf(url)
    .replace(/(insiders_(?!app_)[a-z]+_)[\w-]+/gi, '$1…')
    .slice(0, 200);
}

type DescribedError = {
  readonly type: string;
  /** Such as ECONNRESET, or an SQLSTATE. */
  readonly code?: string;
  readonly message: string;
  readonly stack: string;
  readonly cause?: DescribedError;
};

/** Causes of causes are described up to this depth: an error may be its own cause. */
const deepest = 3;

/**
 * Describes an error and its causes: name, code and stack, and the message if the error is ours. Messages of libraries
 * may quote input.
 */
function describeError(error: unknown, depth = 1): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: '' };
  const own = error.name === 'Problem' || error.name === 'StoreUnavailable';
  const code = 'code' in error && /^\w{1,50}$/.test(String(error.code)) ? { code: String(error.code) } : {};
  const cause = error.cause === undefined || depth === deepest ? {} : { cause: describeError(error.cause, depth + 1) };
  return { type: error.name, ...code, message: own ? error.message : '', stack: framesOf(error), ...cause };
}

function framesOf(error: Error): string {
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  return frames.slice(0, 10).join('\n');
}

/** One line for what was refused or failed; what went well is logged at `debug`. */
export function logOutcome(request: FastifyRequest, reply: FastifyReply): void {
  const { statusCode } = reply;
  const line = about(request, { req: request, status: statusCode, ms: Math.round(reply.elapsedTime) });
  // 503 is what a server under load says on purpose.
  if (statusCode === 503) request.log.warn(line, 'refused');
  else if (statusCode >= 500) request.log.error(line, 'failed');
  else if (statusCode >= 400 && request.isRoutine !== true) request.log.info(line, 'refused');
  else request.log.debug(line, 'answered');
}

/** Logs what the operator needs of a problem and its client must not see. `message`: of the line of an OAuth error. */
export function logProblem(problem: Problem, request: FastifyRequest, message = 'refusal'): void {
  reportProblem(problem, request);
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
 * Logs one line when the database is lost, and one when it is back; requests that fail meanwhile have lines of their
 * own.
 */
export function logAvailability(log: FastifyBaseLogger, change: AvailabilityChange): void {
  if (change.state === 'unavailable') log.error({ err: change.cause }, 'database unavailable');
  else log.warn({ ms: change.afterMs }, 'database available again');
}

/** The last line of a process: an error that nobody caught, after which nothing can be relied on. */
export function logFatal(log: FastifyBaseLogger, error: unknown): void {
  log.fatal({ err: error }, 'fatal error: the server stops');
}

/** Reports a refused request for the application's developers. A failure of that never reaches the response. */
function reportProblem(problem: Problem, request: FastifyRequest): void {
  try {
    request.server.noteProblem?.(problem, request);
  } catch (error) {
    request.log.error(about(request, { err: error }), 'refused request not noted');
  }
}

/** A line with the id of the request it is about. */
function about(request: FastifyRequest, line: object): object {
  return { reqId: request.id, ...line };
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Set by the composition; absent where nobody keeps them. */
    noteProblem?: (problem: Problem, request: FastifyRequest) => void;
  }
  interface FastifyRequest {
    /** Its error is a part of the protocol's normal course, so it is logged like a success. */
    isRoutine?: true;
  }
}
