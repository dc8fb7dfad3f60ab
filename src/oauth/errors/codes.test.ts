import { describe, expect, it } from 'vitest';
import { allEndpoints, backChannelEndpoints, errorCodes, isErrorCode, statusOf } from './codes.ts';

describe('the status of an error', () => {
  it('is 401 for a client at the endpoints where it authenticates, and nowhere else (RFC 6749 5.2)', () => {
    const at = (endpoint: (typeof allEndpoints)[number] | undefined) => statusOf({ error: 'invalid_client' }, endpoint);
    expect(backChannelEndpoints.map(at)).toEqual([401, 401, 401]);
    expect([at('authorize'), at(undefined)]).toEqual([400, 400]);
  });

  it('of a denied request is 403 for a user, and 400 for a client (RFC 8628 3.5)', () => {
    const at = (endpoint: 'authorize' | 'token') => statusOf({ error: 'access_denied' }, endpoint);
    expect([at('authorize'), at('token')]).toEqual([403, 400]);
  });

  it('is that of its row, if it has one', () => {
    expect(statusOf({ error: 'temporarily_unavailable' }, 'token')).toBe(503);
    expect(statusOf({ error: 'temporarily_unavailable', status: 429 }, 'token')).toBe(429);
  });

  it('is at least 400, for each code at each endpoint', () => {
    for (const error of Object.keys(errorCodes).filter(isErrorCode)) {
      for (const endpoint of allEndpoints) expect(statusOf({ error }, endpoint)).toBeGreaterThanOrEqual(400);
    }
  });
});

it('only a code of the table is an error code', () => {
  expect(['invalid_grant', 'not_found', 'constructor'].map(isErrorCode)).toEqual([true, false, false]);
});
