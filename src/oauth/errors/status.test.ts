import { describe, expect, it } from 'vitest';
import { allEndpoints, backChannelEndpoints } from './endpoints.ts';
import { errorRows } from './index.ts';
import { statusOf } from './status.ts';

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

  it('of an error of the server is in the five hundreds, whatever the endpoint', () => {
    for (const endpoint of [...allEndpoints, undefined]) {
      expect(statusOf({ error: 'server_error' }, endpoint)).toBe(500);
      expect(statusOf({ error: 'temporarily_unavailable' }, endpoint)).toBe(503);
    }
  });

  it('is at least 400, for each row at each endpoint', () => {
    for (const row of Object.values(errorRows)) {
      for (const endpoint of allEndpoints) expect(statusOf(row, endpoint)).toBeGreaterThanOrEqual(400);
    }
  });
});
