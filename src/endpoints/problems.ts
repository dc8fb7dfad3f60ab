import type { FastifyReply, FastifyRequest } from 'fastify';
import { readableByAnyOrigin } from '../http/cors.ts';
import { answerHeaders } from '../http/headers.ts';
import { logProblem } from '../http/log.ts';
import type { Problem } from '../http/problem.ts';
import { errorUri } from '../oauth/authorize/answer.ts';

/** Writes a problem as the error answer of RFC 6749 5.2. */
export function oauthProblems(issuer: string) {
  return async (problem: Problem, request: FastifyRequest, reply: FastifyReply) => {
    logProblem(problem, request);
    answerHeaders(reply);
    readableByAnyOrigin(reply);
    if (problem.status === 401) reply.header('www-authenticate', 'Basic realm="insiders"');
    if (problem.retryAfterSeconds !== undefined) reply.header('retry-after', String(problem.retryAfterSeconds));
    const error = wireError(problem);
    return reply
      .code(problem.status)
      .send({ error, error_description: problem.detail, error_uri: errorUri(issuer, error, request.id) });
  };
}

/** HTTP's own problems have no code among RFC 6749's; the request was invalid. */
function wireError(problem: Problem): string {
  const ofHttp = ['not_found', 'method_not_allowed', 'too_large', 'unsupported_media_type', 'throttled'];
  return ofHttp.includes(problem.code) ? 'invalid_request' : problem.code;
}
