import { describe, expect, it } from 'vitest';
import { Refusal } from '../oauth/errors.ts';
import { HashingBusy } from '../ports/password-hasher.ts';
import { StoreUnavailable } from '../ports/store/index.ts';
import { Problem, problemOf } from './problem.ts';

const hidden = 'hunter2';
const thrownBy = (statusCode: unknown) => Object.assign(new Error(hidden), { statusCode });

describe('what was thrown', () => {
  it('is left as it is if it is a problem', () => {
    const problem = new Problem(404, 'not_found', 'There is nothing at this address');
    expect(problemOf(problem)).toBe(problem);
  });

  it('is what the table says if it is a refusal, and keeps it for the log', () => {
    const refusal = new Refusal('invalid_client', 'The client is unknown', { clientId: 'x' });
    const { status, code, detail, cause, retryAfterSeconds } = problemOf(refusal);
    expect({ status, code, detail, retryAfterSeconds }).toEqual({
      status: 401,
      code: 'invalid_client',
      detail: 'The client is unknown',
      retryAfterSeconds: undefined,
    });
    expect(cause).toBe(refusal);
  });

  it('says when to come back if there were too many attempts', () => {
    const problem = problemOf(new Refusal('throttled', 'Too many attempts', { retryAfterSeconds: 17 }));
    expect(problem).toMatchObject({ status: 429, code: 'temporarily_unavailable', retryAfterSeconds: 17 });
  });

  it('is 503 for a moment if the database is away', () => {
    const problem = problemOf(new StoreUnavailable(hidden));
    expect(problem).toMatchObject({ status: 503, code: 'temporarily_unavailable', retryAfterSeconds: 1 });
    expect(problem.detail).not.toContain(hidden);
  });

  it('is 503 for as long as passwords wait to be hashed', () => {
    const problem = problemOf(new HashingBusy(3));
    expect(problem).toMatchObject({ status: 503, code: 'temporarily_unavailable', retryAfterSeconds: 3 });
  });

  it.each([
    [413, 413, 'too_large'],
    [415, 415, 'unsupported_media_type'],
    [429, 429, 'throttled'],
    [400, 400, 'invalid_request'],
    [499, 400, 'invalid_request'],
    [500, 500, 'server_error'],
    [200, 500, 'server_error'],
    ['400', 500, 'server_error'],
    [undefined, 500, 'server_error'],
  ])('by a library with status %s is %i %s, and says nothing of itself', (given, status, code) => {
    const problem = problemOf(thrownBy(given));
    expect(problem).toMatchObject({ status, code });
    expect(problem.detail).not.toContain(hidden);
  });

  it.each([hidden, undefined, null, 7, { statusCode: 400, message: hidden }])(
    'is a fault of ours if it is no error: %j',
    (thrown) => {
      const problem = problemOf(thrown);
      expect(problem).toMatchObject({ status: 500, code: 'server_error' });
      expect(problem.detail).not.toContain(hidden);
    },
  );
});
