import type { FastifyReply, FastifyRequest } from 'fastify';
import { type TObject, type TString, Type } from 'typebox';
import { readableByAnyOrigin } from '../http/cors.ts';
import { answerHeaders } from '../http/headers.ts';
import { logProblem } from '../http/log.ts';
import type { Problem } from '../http/problem.ts';

/** Writes a problem as the API does: `{"detail", "code"}`. */
export async function apiProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  logProblem(problem, request);
  answerHeaders(reply);
  readableByAnyOrigin(reply);
  if (problem.retryAfterSeconds !== undefined) reply.header('retry-after', String(problem.retryAfterSeconds));
  return reply.code(problem.status).send({ detail: problem.detail, code: problem.code });
}

type ProblemSchema = TObject<{ detail: TString; code: TString }>;

const retryAfter = { 'Retry-After': { type: 'integer', description: 'Seconds to wait before trying again' } };
const challenge = { 'WWW-Authenticate': { type: 'string', description: 'The Bearer challenge of RFC 6750' } };

function problemSchema(description: string, detail: string, code: string, headers?: object): ProblemSchema {
  return Type.Object(
    {
      detail: Type.String({ description: 'For the developer' }),
      code: Type.String({ description: 'For the program' }),
    },
    { title: 'Problem', description, examples: [{ detail, code }], ...(headers && { headers }) },
  );
}

/** What every operation can answer when it doesn't do what was asked. */
export const commonProblems = {
  400: problemSchema('A parameter or the body is malformed', 'page must be at least 1', 'invalid_request'),
  401: problemSchema(
    'No access token, or one that is malformed, expired or revoked',
    'The access token is malformed, expired or revoked',
    'invalid_token',
    challenge,
  ),
  429: problemSchema('The application sent too many requests', 'Too many requests', 'throttled', retryAfter),
  500: problemSchema('A fault on our side', 'Something went wrong on our side', 'server_error'),
  503: problemSchema(
    'Temporarily unavailable',
    'The service is busy or being restarted; try again shortly',
    'temporarily_unavailable',
    retryAfter,
  ),
} as const;

/** What an operation with a body can answer besides. */
export const bodyProblems = {
  413: problemSchema('The body is larger than 64 kB', 'The request is larger than 64 kB', 'too_large'),
  415: problemSchema('The body is not JSON', 'The content type must be application/json', 'unsupported_media_type'),
} as const;

export function notFound(what: string): ProblemSchema {
  return problemSchema(`There is no such ${what}, or the user never had it`, `There is no such ${what}`, 'not_found');
}

export const notOwner = problemSchema(
  'The user owned the device and does not own it now',
  'You do not own this device now',
  'not_owner',
);

export const deviceOwned = problemSchema(
  'Somebody else owns the device now',
  'Somebody else owns this device now; they have to release it first',
  'device_owned',
);
