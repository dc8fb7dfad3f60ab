import { describe, expect, it } from 'vitest';
import { OAuthError } from '../oauth/errors/oauth-error.ts';
import { HashingBusy } from '../ports/password-hasher.ts';
import { StoreUnavailable } from '../ports/store/index.ts';
import { Problem, problemOf } from './problem.ts';

const hidden = 'hunter2';
const thrownBy = (statusCode: unknown) => Object.assign(new Error(hidden), { statusCode });

describe('what was thrown', () => {
  it('is left as it is if it is a problem', () => {
    const problem = new Problem(404, 'not_found', 'There is nothing at this address');
    expect(problemOf(problem, undefined)).toBe(problem);
  });

  it.each([
    ['token', 401, 'Client authentication failed'],
    ['authorize', 400, 'The application is unknown or not active'],
  ] as const)(
    'is what the table says of an OAuth error at the endpoint %s, with the error for the log',
    (at, ...said) => {
      const error = new OAuthError('unknown_client');
      const { status, code, detail, cause, retryAfterSeconds } = problemOf(error, at);
      expect([status, detail, code, retryAfterSeconds]).toEqual([...said, 'invalid_client', undefined]);
      expect(cause).toBe(error);
    },
  );

  it('says when to come back if there were too many attempts', () => {
    const problem = problemOf(new OAuthError('too_many_logins', { retryAfterSeconds: 17 }), 'token');
    expect(problem).toMatchObject({ status: 429, code: 'temporarily_unavailable', retryAfterSeconds: 17 });
  });

  it('is 503 for a moment if the database is away', () => {
    const problem = problemOf(new StoreUnavailable(hidden), undefined);
    expect(problem).toMatchObject({ status: 503, code: 'temporarily_unavailable', retryAfterSeconds: 1 });
    expect(problem.detail).not.toContain(hidden);
  });

  it('is 503 for as long as passwords wait to be hashed', () => {
    const problem = problemOf(new HashingBusy(3), undefined);
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
    const problem = problemOf(thrownBy(given), undefined);
    expect(problem).toMatchObject({ status, code });
    expect(problem.detail).not.toContain(hidden);
  });

  it.each([hidden, undefined, null, 7, { statusCode: 400, message: hidden }])(
    'is a fault of ours if it is no error: %j',
    (thrown) => {
      const problem = problemOf(thrown, undefined);
      expect(problem).toMatchObject({ status: 500, code: 'server_error' });
      expect(problem.detail).not.toContain(hidden);
    },
  );
});
