import type { FastifyReply, FastifyRequest } from 'fastify';
import { readableByAnyOrigin } from '../http/cors.ts';
import { responseHeaders } from '../http/headers.ts';
import { logProblem } from '../http/log.ts';
import { oauthErrorOf, type Problem } from '../http/problem.ts';
import { errorUri } from '../oauth/authorize/response.ts';

/** Creates the writer of problems in the format of RFC 6749 5.2. */
export function oauthProblems(issuer: string) {
  return async (problem: Problem, request: FastifyRequest, reply: FastifyReply) => {
    logProblem(problem, request);
    responseHeaders(reply);
    readableByAnyOrigin(reply);
    if (problem.status === 401) reply.header('www-authenticate', 'Basic realm="insiders"');
    if (problem.retryAfterSeconds !== undefined) reply.header('retry-after', String(problem.retryAfterSeconds));
    return reply.code(problem.status).send({
      error: oauthErrorOf(problem.code),
      error_description: problem.detail,
      error_uri: errorUri(issuer, problem.code, request.id),
    });
  };
}
