import type { FastifyRequest } from 'fastify';
import { OAuthError } from '../oauth/errors/oauth-error.ts';
import type { RefusedRequest } from '../ports/store/index.ts';
import { endpointAt } from './oauth-endpoint.ts';
import { pathOf } from './paths.ts';
import type { Problem } from './problem.ts';

/** The parts of a request that name its endpoint and its application. */
type RequestParts = Pick<FastifyRequest, 'id' | 'url' | 'rejectedToken'> & {
  readonly principal?: { readonly applicationId: string };
};

/** A refused request to record for the application's developers. */
interface Refused {
  readonly refused: RefusedRequest;
  /** The application was authenticated first, so the request is already counted in its traffic. */
  readonly counted: boolean;
}

/**
 * The record of a refused request for the application's developers. It contains only values that the server created,
 * and redacted ones. `undefined`: nothing is recorded, because the application is unknown, the error is routine or the
 * path is neither an OAuth endpoint nor the API. `at`: ms since 1970.
 */
export function refusedRequest(problem: Problem, request: RequestParts, at: number): Refused | undefined {
  const isApi = pathOf(request.url).startsWith('/api/');
  const endpoint = isApi ? 'api' : endpointAt(request.url);
  const thrown = problem.cause instanceof OAuthError ? problem.cause : undefined;
  const applicationId =
    thrown?.applicationId ?? request.rejectedToken?.applicationId ?? request.principal?.applicationId;
  if (endpoint === undefined || applicationId === undefined || isRoutine(problem)) return undefined;
  const refused: RefusedRequest = {
    applicationId,
    at,
    requestId: request.id,
    endpoint,
    status: problem.status,
    error: problem.code,
    cause: thrown?.cause ?? request.rejectedToken?.cause ?? `api_${problem.code}`,
    expected: thrown?.shown.expected ?? [],
    received: thrown?.shown.received ?? null,
  };
  const authenticated = endpoint !== 'authorize' && thrown?.row.authenticated === true;
  return { refused, counted: isApi ? request.rejectedToken === undefined : authenticated };
}

/** Whether the error is expected in the normal course of the protocol: not logged as refused, counted or recorded. */
export function isRoutine({ cause }: Problem): boolean {
  return cause instanceof OAuthError && cause.row.routine === true;
}
