import type { FastifyRequest } from 'fastify';
import { OAuthError } from '../oauth/errors/oauth-error.ts';
import type { RefusedRequest } from '../ports/store/index.ts';
import { endpointAt } from './oauth-endpoint.ts';
import { pathOf } from './paths.ts';
import type { Problem } from './problem.ts';

/** What of a request says whose it is, and where it went. */
type RequestParts = Pick<FastifyRequest, 'id' | 'url' | 'refusedFor'> & {
  readonly principal?: { readonly applicationId: string };
};

/** A refused request as the application's developers may read it. */
interface Refused {
  readonly refused: RefusedRequest;
  /** The application was authenticated before, so the request is counted already. */
  readonly counted: boolean;
}

/**
 * What is kept and counted of a refused request; `undefined` if its application is unknown, or if it is none of its
 * developers' business. It contains only what the server created itself, and redacted values.
 */
export function refusedRequest(problem: Problem, request: RequestParts, at: number): Refused | undefined {
  const isApi = pathOf(request.url).startsWith('/api/');
  const endpoint = isApi ? 'api' : endpointAt(request.url);
  const thrown = problem.cause instanceof OAuthError ? problem.cause : undefined;
  const applicationId = thrown?.applicationId ?? request.refusedFor?.applicationId ?? request.principal?.applicationId;
  if (endpoint === undefined || applicationId === undefined || isRoutine(problem)) return undefined;
  const refused: RefusedRequest = {
    applicationId,
    at,
    requestId: request.id,
    endpoint,
    status: problem.status,
    error: problem.code,
    cause: thrown?.cause ?? request.refusedFor?.cause ?? `api_${problem.code}`,
    expected: thrown?.shown.expected ?? [],
    received: thrown?.shown.received ?? null,
  };
  const authenticated = endpoint !== 'authorize' && thrown?.row.authenticated === true;
  return { refused, counted: isApi ? request.refusedFor === undefined : authenticated };
}

/** Whether it is a part of the protocol's normal course: neither logged as refused, nor counted, nor kept. */
export function isRoutine({ cause }: Problem): boolean {
  return cause instanceof OAuthError && cause.row.routine === true;
}
