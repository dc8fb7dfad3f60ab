import type { FastifyReply, FastifyRequest } from 'fastify';
import { type TObject, type TString, Type } from 'typebox';
import { readableByAnyOrigin } from '../http/cors.ts';
import { responseHeaders } from '../http/headers.ts';
import { maxBodyBytes } from '../http/limits.ts';
import { logProblem } from '../http/log.ts';
import type { Problem } from '../http/problem.ts';

/** Writes a problem in the format of the API: `{"detail", "code"}`. */
export async function apiProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  logProblem(problem, request);
  responseHeaders(reply);
  readableByAnyOrigin(reply);
  if (problem.retryAfterSeconds !== undefined) reply.header('retry-after', String(problem.retryAfterSeconds));
  return reply.code(problem.status).send({ detail: problem.detail, code: problem.code });
}

type ProblemSchema = TObject<{ detail: TString; code: TString }>;

const retryAfter = { 'Retry-After': { type: 'integer', description: 'Seconds to wait before trying again' } };
const challenge = { 'WWW-Authenticate': { type: 'string', description: 'The Bearer challenge of RFC 6750' } };

interface Example {
  readonly detail: string;
  readonly code: string;
}

function problemSchema(description: string, examples: Example | readonly Example[], headers?: object): ProblemSchema {
  return Type.Object(
    {
      detail: Type.String({ description: 'For the developer' }),
      code: Type.String({ description: 'For the program' }),
    },
    { title: 'Problem', description, examples: [examples].flat(), ...(headers && { headers }) },
  );
}

/** The schemas of the errors that every operation can return. */
export const commonProblems = {
  400: problemSchema('A parameter or the body is malformed', {
    detail: 'page must be at least 1',
    code: 'invalid_request',
  }),
  401: problemSchema(
    'No access token, or one that is malformed, expired or revoked',
    [
      { detail: 'The access token is malformed, expired or revoked', code: 'invalid_token' },
      { detail: 'Send an access token in the Authorization header', code: 'authentication_required' },
    ],
    challenge,
  ),
  429: problemSchema(
    'The application sent too many requests',
    { detail: 'Too many requests of this application; wait as long as Retry-After says', code: 'throttled' },
    retryAfter,
  ),
  500: problemSchema('A fault on our side', { detail: 'Something went wrong on our side', code: 'server_error' }),
  503: problemSchema(
    'Temporarily unavailable',
    { detail: 'The service is busy or being restarted; try again shortly', code: 'temporarily_unavailable' },
    retryAfter,
  ),
} as const;

/** The schemas of the further errors of operations with a body. */
export const bodyProblems = {
  413: problemSchema(`The body is larger than ${maxBodyBytes}`, {
    detail: `The request is larger than ${maxBodyBytes}`,
    code: 'too_large',
  }),
  415: problemSchema('The body is not JSON', {
    detail: 'The content type must be application/json',
    code: 'unsupported_media_type',
  }),
} as const;

/** The schema of the error for a resource that does not exist. */
export function notFound(what: string): ProblemSchema {
  return problemSchema(`There is no such ${what}, or the user never had it`, {
    detail: `There is no such ${what}`,
    code: 'not_found',
  });
}

export const notOwner = problemSchema('The user owned the device and does not own it now', {
  detail: 'You do not own this device now',
  code: 'not_owner',
});

export const deviceOwned = problemSchema('Somebody else owns the device now', {
  detail: 'Somebody else owns this device now; they have to release it first',
  code: 'device_owned',
});
