import { secondsUntil } from '../accounts/throttle.ts';
import type { Endpoint } from '../oauth/errors/endpoints.ts';
import { OAuthError } from '../oauth/errors/oauth-error.ts';
import { HashingBusy } from '../ports/password-hasher.ts';
import { StoreUnavailable } from '../ports/store/index.ts';
import { bodyLimit, sizeText } from './limits.ts';

/** An HTTP error (RFC 9457). `code` and `detail` are for the caller; `cause` is for the log. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    status: number,
    code: string,
    detail: string,
    options: { retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** 429: too many requests. `retryAt` and `now` are ms since 1970. */
export function throttledUntil(retryAt: number, now: number): Problem {
  const text = 'Too many requests from you or your network; wait as long as Retry-After says';
  return new Problem(429, 'throttled', text, { retryAfterSeconds: secondsUntil(retryAt, now) });
}

/** 413: the body of a request has more than `limit` bytes. */
export function tooLarge(limit: number, cause?: unknown): Problem {
  return new Problem(413, 'too_large', `The request is larger than ${sizeText(limit)}`, { cause });
}

/**
 * Converts anything that was thrown to a problem. Errors of libraries get a text that reveals nothing of them.
 * `endpoint`: the OAuth endpoint of the request, on which the response to an OAuth error depends.
 */
export function problemOf(thrown: unknown, endpoint: Endpoint | undefined): Problem {
  if (thrown instanceof Problem) return thrown;
  if (thrown instanceof OAuthError) return ofOAuthError(thrown, endpoint);
  if (thrown instanceof StoreUnavailable) {
    const text = 'The service is busy or being restarted; try again shortly';
    return new Problem(503, 'temporarily_unavailable', text, { retryAfterSeconds: 1, cause: thrown });
  }
  if (thrown instanceof HashingBusy) {
    const { retryAfterSeconds } = thrown;
    const text = 'Too many passwords are being checked; try again after the time in Retry-After';
    return new Problem(503, 'temporarily_unavailable', text, { retryAfterSeconds, cause: thrown });
  }
  const status = statusOf(thrown);
  if (status === 413) return tooLarge(bodyLimit, thrown);
  if (status === 415) return new Problem(415, 'unsupported_media_type', 'The content type is not supported here');
  if (status === 429) return new Problem(429, 'throttled', 'Too many requests', { cause: thrown });
  if (status >= 400 && status < 500) {
    return new Problem(400, 'invalid_request', 'The request is malformed', { cause: thrown });
  }
  return new Problem(500, 'server_error', 'Something went wrong on our side', { cause: thrown });
}

function ofOAuthError(thrown: OAuthError, endpoint: Endpoint | undefined): Problem {
  const { status, error, description } = thrown.responseAt(endpoint);
  const { retryAfterSeconds } = thrown;
  return new Problem(status, error, description, {
    cause: thrown,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}

function statusOf(thrown: unknown): number {
  const status = thrown instanceof Error && 'statusCode' in thrown ? thrown.statusCode : undefined;
  return typeof status === 'number' ? status : 500;
}

/** Codes of problems of HTTP, for which RFC 6749 5.2 has no `error`. */
const httpCodes = ['not_found', 'method_not_allowed', 'too_large', 'unsupported_media_type'];

/**
 * The `error` of the OAuth endpoints for a problem: problems of HTTP become `invalid_request`, and keep their status.
 */
export function oauthErrorOf(code: string): string {
  return httpCodes.includes(code) ? 'invalid_request' : code;
}
