import fc from 'fast-check';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '../http/problem.ts';
import { endOfTime } from '../ports/store/devices.ts';
import type { Device, DeviceQuery, Ownership, OwnershipQuery, User } from '../ports/store/index.ts';
import { StoreUnavailable } from '../ports/store/index.ts';
import type { ApiContext } from './context.ts';
import { registerApi } from './index.ts';

const now = Date.UTC(2024, 0, 1, 6);
const anna = { id: 7, email: 'anna@club.example', firstName: 'Anna', lastName: 'Keller' } as User;
const device: Device = { id: 17, serialNumber: '012345', deviceName: 'a1b2c3d4e5f8', customName: 'Tor "1" <b>' };
const deviceOnWire = { id: 17, serial_number: '012345', device_name: 'a1b2c3d4e5f8', custom_name: 'Tor "1" <b>' };
const ownership: Ownership = { id: 42, startTime: now, endTime: endOfTime, userId: 7, device };
const ownershipOnWire = {
  id: 42,
  start_time: '2024-01-01T06:00:00.000000Z',
  end_time: '2999-12-31T23:59:59Z',
  device: 17,
  manager: 7,
  device_details: { id: 17, device_name: 'a1b2c3d4e5f8', serial_number: '012345' },
};
const take = '/api/v1/devices/take-ownership/';

describe('the API', () => {
  let app: FastifyInstance;
  let calls: unknown[];
  let devices: ApiContext['store']['devices'];

  beforeEach(() => {
    calls = [];
    devices = {
      list: async (query: DeviceQuery) => {
        calls.push(query);
        return { count: 1, rows: [device] };
      },
      listOwnerships: async (query: OwnershipQuery) => {
        calls.push(query);
        return { count: 1, rows: [ownership] };
      },
      find: async (userId: number, id: number) => (userId === 7 && id === 17 ? device : undefined),
      findOwnership: async (userId: number, id: number) => (userId === 7 && id === 42 ? ownership : undefined),
      setCustomName: async (change: unknown) => {
        calls.push(change);
        return 'changed';
      },
      take: async (params: unknown) => {
        calls.push(params);
        return { outcome: 'taken', ownership };
      },
      release: async (params: unknown) => {
        calls.push(params);
        return { outcome: 'released', ownership: { ...ownership, endTime: now } };
      },
    } as unknown as typeof devices;
  });

  afterEach(() => app.close());

  function start(options: { requestsPerMinute?: number } = {}): FastifyInstance {
    app = Fastify({ bodyLimit: 64 * 1024 });
    const users = { find: async (id: number) => (id === 7 ? anna : undefined) } as ApiContext['store']['users'];
    const throttles = {
      admit: async () => ({ outcome: 'admitted' }),
      settle: async () => {},
    } as unknown as ApiContext['store']['throttles'];
    registerApi(app, {
      store: { users, devices, throttles },
      clock: { now: () => now },
      publicUrl: 'https://insiders.example',
      requestsPerMinute: options.requestsPerMinute ?? 0,
      guard: async (request) => {
        if (request.headers.authorization !== 'Bearer valid') throw new Problem(401, 'invalid_token', 'Not valid');
        const ids = {
          userId: 7,
          userEmail: anna.email,
          applicationId: 'a',
          clientId: 'c',
          sandbox: false,
          familyId: 'f',
        };
        request.principal = { ...ids, scope: 'all' };
      },
    });
    return app;
  }

  const headers = { authorization: 'Bearer valid' };
  const get = (url: string) => app.inject({ url, headers });
  /** Sends text and bytes as they are, and other values as JSON. */
  const post = (url: string, body?: unknown, type = 'application/json') => {
    if (body === undefined) return app.inject({ method: 'POST', url, headers });
    const payload = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    return app.inject({ method: 'POST', url, headers: { ...headers, 'content-type': type }, payload });
  };

  describe('in general', () => {
    it('requires a valid token, and refuses in its own format', async () => {
      const { statusCode, headers: responseHeaders, body } = await start().inject('/api/v1/devices/?current=True');
      expect(statusCode).toBe(401);
      expect(JSON.parse(body)).toEqual({ detail: 'Not valid', code: 'invalid_token' });
      expect(responseHeaders['content-type']).toBe('application/json; charset=utf-8');
      expect(calls).toEqual([]);
    });

    it('sends headers for browser applications of any origin, against caching and against sniffing', async () => {
      start();
      for (const { headers: responseHeaders } of [await get('/api/v1/devices/'), await get('/api/v1/devices/99/')]) {
        expect(responseHeaders).toMatchObject({
          'access-control-allow-origin': '*',
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
        });
      }
      const preflight = await app.inject({ method: 'OPTIONS', url: take });
      expect(preflight.statusCode).toBe(204);
      expect(preflight.headers['access-control-allow-methods']).toBe('POST');
    });

    it.each([
      ['DELETE', '/api/v1/devices/', 'GET, OPTIONS, HEAD'],
      ['PUT', '/api/v1/devices/17/', 'GET, OPTIONS, HEAD'],
      ['GET', take, 'POST, OPTIONS'],
    ] as const)('responds to %s %s with 405', async (method, url, allow) => {
      const response = await start().inject({ method, url, headers });
      expect(response.statusCode).toBe(405);
      expect(response.headers.allow).toBe(allow);
      expect(response.json().code).toBe('method_not_allowed');
    });

    it('accepts a JSON content type on a GET', async () => {
      const response = await start().inject({
        url: '/api/v1/devices/',
        headers: { ...headers, 'content-type': 'application/json' },
      });
      expect(response.statusCode).toBe(200);
    });

    it('responds with 503 and Retry-After while the database is unavailable, and with 500 to an error, without its text', async () => {
      devices = { ...devices, list: () => Promise.reject(new StoreUnavailable('secret path')) };
      start();
      const away = await get('/api/v1/devices/');
      expect([away.statusCode, away.headers['retry-after'], away.json().code]).toEqual([
        503,
        '1',
        'temporarily_unavailable',
      ]);
      await app.close();
      devices = { ...devices, list: () => Promise.reject(new Error('secret path')) };
      start();
      const failed = await get('/api/v1/devices/');
      expect([failed.statusCode, failed.json().code]).toEqual([500, 'server_error']);
      expect(away.body + failed.body).not.toContain('secret');
    });

    it('throttles an application, with Retry-After in whole seconds', async () => {
      start({ requestsPerMinute: 2 });
      await get('/api/v1/devices/');
      await get('/api/v1/account/');
      const third = await get('/api/v1/devices/');
      expect([third.statusCode, third.headers['retry-after'], third.json().code]).toEqual([429, '30', 'throttled']);
      expect((await app.inject('/api/v1/openapi.json')).statusCode).toBe(200);
    });
  });

  describe('the account', () => {
    it('is the one of the user who authorized the application', async () => {
      start();
      expect((await get('/api/v1/account/')).json()).toEqual({
        id: 7,
        username: 'anna@club.example',
        external_id: null,
        email: 'anna@club.example',
        manager_profile: { id: 7, first_name: 'Anna', last_name: 'Keller' },
        role: 'MANAGER',
        extra_permissions: [],
      });
    });
  });

  describe('the list of devices', () => {
    const all = { userId: 7, now, page: 1, limit: 150, orderBy: 'id', descending: false };

    it('is in the envelope of all lists', async () => {
      start();
      const { body } = await get('/api/v1/devices/');
      expect(body).toBe(`{"count":1,"page":1,"next":null,"previous":null,"results":[${JSON.stringify(deviceOnWire)}]}`);
    });

    it.each([
      ['', all],
      ['?', all],
      ['?&', all],
      ['?current=True', { ...all, current: true }],
      ['?current=true', { ...all, current: true }],
      ['?current=TRUE', { ...all, current: true }],
      ['?current=1', { ...all, current: true }],
      ['?current=False', { ...all, current: false }],
      ['?current=false', { ...all, current: false }],
      ['?current=0', { ...all, current: false }],
      ['?current=', all],
      [
        '?serial_number=012345&custom_name=Tor+1&search=%C3%BC',
        { ...all, serialNumber: '012345', customName: 'Tor 1', search: 'ü' },
      ],
      [
        '?ordering=-custom_name&page=3&limit=10',
        { ...all, orderBy: 'custom_name', descending: true, page: 3, limit: 10 },
      ],
      ['?limit=100000', { ...all, limit: 3000 }],
      ['?limit=99999999999999999999', { ...all, limit: 3000 }],
      ['?user_id=2&owner=2&__proto__=x&access_token=y&foo=1&foo=2', all],
    ])('%s asks the store for %j', async (query, expected) => {
      start();
      expect((await get(`/api/v1/devices/${query}`)).statusCode).toBe(200);
      expect(calls).toEqual([expected]);
    });

    it.each([
      ['current=yes', 'current must be true or false'],
      ['current=2', 'current must be true or false'],
      ['current=True&current=True', 'current is repeated'],
      ['page=1&page=', 'page is repeated'],
      ['page=0', 'page must be at least 1'],
      ['page=-1', 'page must be at least 1'],
      ['page=abc', 'page must be a whole number'],
      ['page=1.5', 'page must be a whole number'],
      ['page=1e9', 'page must be a whole number'],
      ['page=%2B1', 'page must be a whole number'],
      ['page=%D9%A3', 'page must be a whole number'],
      ['page=99999999999', 'page must be at most 2147483647'],
      ['limit=0', 'limit must be at least 1'],
      ['limit=-5', 'limit must be at least 1'],
      ['ordering=owner', expect.stringMatching(/^ordering must be one of id, -id, /)],
      ['ordering=--id', expect.stringMatching(/^ordering must be one of /)],
      [`search=${'x'.repeat(101)}`, 'search must not have more than 100 characters'],
      ['search=%zz', expect.any(String)],
      ['search=%ff', expect.any(String)],
      ['serial_number=%00', expect.any(String)],
    ])('?%s is refused: %s', async (query, detail) => {
      start();
      const response = await get(`/api/v1/devices/?${query}`);
      expect(response.statusCode).toBe(400);
      expect(response.json()).toEqual({ detail, code: 'invalid_request' });
      expect(calls).toEqual([]);
    });
  });

  describe('one device', () => {
    it('is shown', async () => {
      start();
      expect((await get('/api/v1/devices/17/')).json()).toEqual(deviceOnWire);
    });

    it.each(['18', '0', '-1', '017', '17.0', 'x', '99999999999999999999', '%00'])('%s is not found', async (id) => {
      start();
      const response = await get(`/api/v1/devices/${id}/`);
      expect(response.statusCode).toBe(404);
      expect(response.json().code).toBe('not_found');
    });

    it('gets a custom name from its owner', async () => {
      start();
      const response = await post('/api/v1/devices/17/set-custom-name/', {
        custom_name: ' Tor 1 ',
        id: 99,
        user_id: 2,
      });
      expect([response.statusCode, response.json()]).toEqual([200, deviceOnWire]);
      expect(calls).toEqual([{ userId: 7, deviceId: 17, customName: 'Tor 1', now }]);
    });

    it.each([
      ['not_owner', 403, 'not_owner'],
      ['unknown', 404, 'not_found'],
    ] as const)('gets no custom name from somebody else (%s)', async (outcome, status, code) => {
      devices = { ...devices, setCustomName: async () => outcome };
      start();
      const response = await post('/api/v1/devices/17/set-custom-name/', { custom_name: 'Tor 1' });
      expect([response.statusCode, response.json().code]).toEqual([status, code]);
    });

    it.each([
      [{ custom_name: 'x'.repeat(101) }, 'custom_name must not have more than 100 characters'],
      [{ custom_name: 'a\nb' }, 'custom_name must be on one line, without control or invisible characters'],
      [{ custom_name: 5 }, 'custom_name must be of type string'],
      [{ custom_name: null }, 'custom_name must be of type string'],
      [{}, 'These are required: custom_name'],
    ])('gets no custom name from %j', async (body, detail) => {
      start();
      const response = await post('/api/v1/devices/17/set-custom-name/', body);
      expect([response.statusCode, response.json()]).toEqual([400, { detail, code: 'invalid_request' }]);
      expect(calls).toEqual([]);
    });
  });

  describe('ownerships', () => {
    it('are listed', async () => {
      start();
      const response = await get('/api/v1/device-ownerships/?device=17&current=True&search=01&ordering=-start_time');
      expect(response.json()).toEqual({ count: 1, page: 1, next: null, previous: null, results: [ownershipOnWire] });
      expect(calls).toEqual([
        {
          userId: 7,
          deviceId: 17,
          current: true,
          search: '01',
          now,
          page: 1,
          limit: 150,
          orderBy: 'start_time',
          descending: true,
        },
      ]);
    });

    it.each(['device=x', 'device=0', 'ordering=serial_number'])('are not listed for ?%s', async (query) => {
      start();
      expect((await get(`/api/v1/device-ownerships/?${query}`)).statusCode).toBe(400);
    });

    it('are shown one by one', async () => {
      start();
      expect((await get('/api/v1/device-ownerships/42/')).json()).toEqual(ownershipOnWire);
      expect((await get('/api/v1/device-ownerships/43/')).statusCode).toBe(404);
    });

    /** The origin in the audit entry. */
    const origin = { from: '127.0.0.1', detail: { application: 'c' } };

    it('start with serial number and device name, for the user of the token only', async () => {
      start();
      const response = await post(take, {
        serial_number: '012345',
        device_name: 'A1B2C3D4E5F8',
        user_id: 2,
        manager: 2,
      });
      expect([response.statusCode, response.json()]).toEqual([201, ownershipOnWire]);
      expect(calls).toEqual([{ userId: 7, serialNumber: '012345', deviceName: 'a1b2c3d4e5f8', now, origin }]);
    });

    it('start once: taking a device again returns 200', async () => {
      devices = { ...devices, take: async () => ({ outcome: 'already_yours', ownership }) };
      start();
      const response = await post(take, { serial_number: '012345', device_name: 'a1b2c3d4e5f8' });
      expect([response.statusCode, response.json()]).toEqual([200, ownershipOnWire]);
    });

    it.each([
      ['owned', 409, 'device_owned'],
      ['unknown', 404, 'not_found'],
    ] as const)('do not start when the device is %s', async (outcome, status, code) => {
      devices = { ...devices, take: async () => ({ outcome }) };
      start();
      const response = await post(take, { serial_number: '012345', device_name: 'a1b2c3d4e5f8' });
      expect([response.statusCode, response.json().code]).toEqual([status, code]);
    });

    it('end when their owner releases the device, without a body or with any', async () => {
      start();
      const ended = { ...ownershipOnWire, end_time: '2024-01-01T06:00:00.000000Z' };
      for (const body of [undefined, '', {}, '{"user_id": 2}']) {
        const response = await post('/api/v1/devices/17/release-ownership/', body);
        expect([response.statusCode, response.json()]).toEqual([200, ended]);
      }
      expect(calls).toEqual(Array(4).fill({ userId: 7, deviceId: 17, now, origin }));
    });

    it.each([
      ['not_owner', 403, 'not_owner'],
      ['unknown', 404, 'not_found'],
    ] as const)('do not end for somebody else (%s)', async (outcome, status, code) => {
      devices = { ...devices, release: async () => ({ outcome }) };
      start();
      const response = await post('/api/v1/devices/17/release-ownership/');
      expect([response.statusCode, response.json().code]).toEqual([status, code]);
    });
  });

  describe('a body', () => {
    it.each([
      ['no body', undefined, 'application/json', 400],
      ['an empty one', '', 'application/json', 400],
      ['an array', '[]', 'application/json', 400],
      ['null', 'null', 'application/json', 400],
      ['half of one', '{"serial_number": "0123', 'application/json', 400],
      ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'application/json', 400],
      ['60,000 brackets', '['.repeat(60_000), 'application/json', 400],
      ['a number for a text', '{"serial_number": 12345, "device_name": "a1b2c3d4e5f8"}', 'application/json', 400],
      ['a list for a text', '{"serial_number": ["1"], "device_name": "a1b2c3d4e5f8"}', 'application/json', 400],
      ['a short device name', '{"serial_number": "1", "device_name": "a1b2"}', 'application/json', 400],
      ['NUL', '{"serial_number": "1\\u0000", "device_name": "a1b2c3d4e5f8"}', 'application/json', 400],
      ['a prototype', '{"__proto__": {"serial_number": "1", "device_name": "a1b2c3d4e5f8"}}', 'application/json', 400],
      ['a form', 'serial_number=1&device_name=a1b2c3d4e5f8', 'application/x-www-form-urlencoded', 415],
      ['JSON that calls itself text', '{"serial_number": "1", "device_name": "a1b2c3d4e5f8"}', 'text/plain', 415],
      ['more than 64 kB', `{"serial_number": "${'1'.repeat(65_536)}"}`, 'application/json', 413],
    ])('that is %s is refused, in the format of all problems', async (_what, body, type, status) => {
      start();
      const response = await post(take, body, type);
      expect(response.statusCode).toBe(status);
      expect(response.json()).toEqual({ detail: expect.any(String), code: expect.any(String) });
      expect(calls).toEqual([]);
    });

    it('may declare its charset', async () => {
      start();
      const body = { serial_number: '012345', device_name: 'a1b2c3d4e5f8' };
      expect((await post(take, body, 'application/json; charset=utf-8')).statusCode).toBe(201);
    });
  });

  it('responds to generated garbage with 2xx or 4xx, never with 500', async () => {
    start();
    const name = fc.constantFrom('current', 'page', 'limit', 'ordering', 'search', 'device', 'serial_number', 'x');
    const junk = fc.string({ unit: 'binary' }).map((text) => text.replace(/[\r\n#]/g, ''));
    const value = fc.oneof(junk, junk.map(encodeURIComponentSafely), fc.integer().map(String));
    const queries = fc.array(fc.tuple(name, value)).map((pairs) => pairs.map((pair) => pair.join('=')).join('&'));
    const path = fc.constantFrom('/api/v1/devices/', '/api/v1/device-ownerships/', '/api/v1/devices/17/');
    await fc.assert(
      fc.asyncProperty(path, queries, fc.json(), async (url, query, body) => {
        const read = await get(`${url}?${query}`);
        const written = await post(take, body);
        expect(read.statusCode).toBeLessThan(500);
        expect(written.statusCode).toBeLessThan(500);
      }),
    );
  });
});

function encodeURIComponentSafely(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
