import { describe, expect, it } from 'vitest';
import { OAuthError } from '../oauth/errors/oauth-error.ts';
import { HashingBusy } from '../ports/password-hasher.ts';
import { StoreUnavailable } from '../ports/store/index.ts';
import { Problem, problemOf } from './problem.ts';

const hidden = 'hunter2';
const thrownBy = (statusCode: unknown) => Object.assign(new Error(hidden), { statusCode });

describe('a thrown value', () => {
  it('is returned unchanged if it is a problem', () => {
    const problem = new Problem(404, 'not_found', 'There is nothing at this address');
    expect(problemOf(problem, undefined)).toBe(problem);
  });

  it.each([
    ['token', 401, 'Client authentication failed'],
    ['authorize', 400, 'The application is unknown or not active'],
  ] as const)(
    'that is an OAuth error becomes the response of the endpoint %s, with the error for the log',
    (at, ...expected) => {
      const error = new OAuthError('unknown_client');
      const { status, code, detail, cause, retryAfterSeconds } = problemOf(error, at);
      expect([status, detail, code, retryAfterSeconds]).toEqual([...expected, 'invalid_client', undefined]);
      expect(cause).toBe(error);
    },
  );

  it('that is an OAuth error for too many attempts has the time to wait', () => {
    const problem = problemOf(new OAuthError('too_many_logins', { retryAfterSeconds: 17 }), 'token');
    expect(problem).toMatchObject({ status: 429, code: 'temporarily_unavailable', retryAfterSeconds: 17 });
  });

  it('is 503 if the database is unavailable', () => {
    const problem = problemOf(new StoreUnavailable(hidden), undefined);
    expect(problem).toMatchObject({ status: 503, code: 'temporarily_unavailable', retryAfterSeconds: 1 });
    expect(problem.detail).not.toContain(hidden);
  });

  it('is 503 with the time to wait if the hasher is busy', () => {
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
  ])('of a library with status %s becomes %i %s without its message', (libraryStatus, status, code) => {
    const problem = problemOf(thrownBy(libraryStatus), undefined);
    expect(problem).toMatchObject({ status, code });
    expect(problem.detail).not.toContain(hidden);
  });

  it.each([hidden, undefined, null, 7, { statusCode: 400, message: hidden }])(
    'that is no error becomes a 500: %j',
    (thrown) => {
      const problem = problemOf(thrown, undefined);
      expect(problem).toMatchObject({ status: 500, code: 'server_error' });
      expect(problem.detail).not.toContain(hidden);
    },
  );
});
