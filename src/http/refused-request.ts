import type { FastifyRequest } from 'fastify';
import { type OtherCause, Refusal } from '../oauth/errors.ts';
import { endpointPaths } from '../oauth/metadata.ts';
import type { RefusedAt, RefusedRequest } from '../ports/store/index.ts';
import { pathOf } from './paths.ts';
import type { Problem } from './problem.ts';

const endpoints: Readonly<Record<string, RefusedAt>> = {
  [endpointPaths.authorize]: 'authorize',
  [endpointPaths.token]: 'token',
  [endpointPaths.revoke]: 'revoke',
  [endpointPaths.introspect]: 'introspect',
};

/**
 * A refused request as the application's developers may read it; `undefined` if its application is unknown, or if the
 * refusal is none of their business. It contains only what the server created itself, and masked values.
 */
export function refusedRequest(problem: Problem, request: FastifyRequest, at: number): RefusedRequest | undefined {
  const path = pathOf(request.url);
  const endpoint = path.startsWith('/api/') ? 'api' : endpoints[path];
  const refusal = problem.cause instanceof Refusal ? problem.cause : undefined;
  const applicationId = refusal?.applicationId ?? request.refusedFor?.applicationId ?? request.principal?.applicationId;
  if (endpoint === undefined || applicationId === undefined) return undefined;
  return {
    applicationId,
    at,
    requestId: request.id,
    endpoint,
    status: problem.status,
    error: refusal?.row.error ?? problem.code,
    cause: refusal?.detail.cause ?? request.refusedFor?.cause ?? `api_${problem.code}`,
    expected: refusal?.shown.expected ?? [],
    received: refusal?.shown.received ?? null,
  };
}

const ofClients: readonly OtherCause[] = [
  'client_id_space',
  'wrong_secret',
  'secret_missing',
  'secret_unexpected',
  'secret_space',
  'secret_retired',
  'suspended',
];

/** Whether the request had proved whose it was before it was refused. */
export function wasAuthenticated({ endpoint, cause }: Pick<RefusedRequest, 'endpoint' | 'cause'>): boolean {
  if (endpoint === 'authorize' || cause.startsWith('token_')) return false;
  return !ofClients.some((each) => each === cause);
}
