import { describe, expect, it } from 'vitest';
import { routineError } from '../../test/support/oauth-fakes.ts';
import { OAuthError } from '../oauth/errors/oauth-error.ts';
import { endpointPaths } from '../oauth/metadata.ts';
import { Problem, problemOf } from './problem.ts';
import { isRoutine, refusedRequest } from './refused-request.ts';

const at = 1_800_000_000_000;
const applicationId = 'application-1';

function ofApplication(error: OAuthError): OAuthError {
  error.applicationId = applicationId;
  return error;
}

const recorded = (error: OAuthError, url: string = endpointPaths.token) =>
  refusedRequest(problemOf(error, 'token'), { id: 'request-1', url }, at);

describe('a refused request', () => {
  it('is recorded with the values that its row shows to developers', () => {
    const error = ofApplication(new OAuthError('code_expired', { expected: ['new'], received: 'old' }));
    expect(recorded(error, `${endpointPaths.token}?a=b`)).toEqual({
      counted: true,
      refused: {
        applicationId,
        at,
        requestId: 'request-1',
        endpoint: 'token',
        status: 400,
        error: 'invalid_grant',
        cause: 'code_expired',
        expected: ['new'],
        received: 'old',
      },
    });
  });

  it('is already counted if its client was authenticated', () => {
    expect(recorded(ofApplication(new OAuthError('secret_missing')))?.counted).toBe(false);
    expect(recorded(ofApplication(new OAuthError('refresh_unknown')))?.counted).toBe(true);
    expect(recorded(ofApplication(new OAuthError('user_denied')), endpointPaths.authorize)?.counted).toBe(false);
    const ofScope = new OAuthError('unknown_scope', { text: { scope: 'all' }, expected: [], received: '' });
    expect(recorded(ofApplication(ofScope), endpointPaths.authorize)?.counted).toBe(false);
  });

  it('of the API is already counted if its token was valid', () => {
    const problem = new Problem(404, 'not_found', 'There is no such device');
    const request = { id: 'request-1', url: '/api/v1/devices/7/' };
    const valid = refusedRequest(problem, { ...request, principal: { applicationId } }, at);
    expect(valid).toMatchObject({
      counted: true,
      refused: { endpoint: 'api', cause: 'api_not_found', received: null },
    });
    const rejectedToken = { applicationId, cause: 'token_expired' };
    const expired = refusedRequest(new Problem(401, 'invalid_token', ''), { ...request, rejectedToken }, at);
    expect(expired).toMatchObject({ counted: false, refused: { error: 'invalid_token', cause: 'token_expired' } });
  });

  it('is not recorded if its application is unknown, or if its path is a page', () => {
    expect(recorded(new OAuthError('unknown_client'))).toBeUndefined();
    expect(recorded(ofApplication(new OAuthError('code_unknown')), '/account/')).toBeUndefined();
  });

  it('is neither recorded nor counted if it is routine', () => {
    const error = ofApplication(routineError());
    expect(isRoutine(problemOf(error, 'token'))).toBe(true);
    expect(recorded(error)).toBeUndefined();
    expect(isRoutine(problemOf(new OAuthError('code_unknown'), 'token'))).toBe(false);
    expect(isRoutine(new Problem(404, 'not_found', ''))).toBe(false);
  });
});
