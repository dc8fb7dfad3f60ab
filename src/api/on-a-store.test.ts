import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testChangeRecord, testUserEntry } from '../../test/support/database/change-records.ts';
import { newTemporaryDirectory } from '../../test/support/processes/cleanup.ts';
import type { Store } from '../ports/store/index.ts';
import { openStore } from '../storage/open.ts';
import { registerApi } from './index.ts';

describe('the API on a store', () => {
  let now = Date.UTC(2024, 0, 1, 6);
  let dataDir: string;
  let store: Store;
  let app: FastifyInstance;
  let anna: number;
  let ben: number;

  beforeAll(async () => {
    dataDir = newTemporaryDirectory('insiders-api');
    store = await openStore({ dataDir });
    anna = await addUser('anna@club.example');
    ben = await addUser('ben@club.example');
    const labelOf = (number: number) => ({ serialNumber: `00000${number}`, deviceName: `a1b2c3d4e5f${number}` });
    const add = (number: number, ownerId: number | null) =>
      store.devices.add({ ...labelOf(number), ownerId, now, record: testChangeRecord });
    for (const number of [1, 2, 3]) await add(number, anna);
    await add(4, ben);
    await add(5, null);
    app = Fastify();
    registerApi(app, {
      store,
      clock: { now: () => now },
      publicUrl: 'https://insiders.example',
      requestsPerMinute: 0,
      guard: async (request) => {
        const userId = request.headers.authorization === 'Bearer ben' ? ben : anna;
        const ids = { userId, userEmail: '', applicationId: 'a', clientId: 'c', sandbox: false, familyId: 'f' };
        request.principal = { ...ids, scope: 'all' };
      },
    });
  });

  afterAll(async () => {
    await app.close();
    await store.close();
  });

  async function addUser(email: string): Promise<number> {
    const [names, entry] = [{ firstName: 'Anna', lastName: 'Keller' }, testUserEntry];
    const created = await store.users.create({
      email,
      ...names,
      passwordHash: 'x',
      administratorRole: null,
      now,
      entry,
    });
    return created.outcome === 'created' ? created.user.id : 0;
  }

  async function call(method: 'GET' | 'POST', path: string, payload?: object, userName = 'anna') {
    const headers = { authorization: `Bearer ${userName}` };
    const url = `/api/v1/${path}`;
    const response = await app.inject({ method, url, headers, ...(payload && { payload }) });
    return { status: response.statusCode, body: response.json() };
  }

  async function serialNumbers(query: string, userName = 'anna'): Promise<readonly string[]> {
    const { body } = await call('GET', `devices/?${query}`, undefined, userName);
    const rows: readonly { serial_number: string }[] = body.results;
    return rows.map((row) => row.serial_number);
  }

  const idOf = async (serialNumber: string, userName = 'anna'): Promise<number> =>
    (await call('GET', `devices/?serial_number=${serialNumber}`, undefined, userName)).body.results[0].id;

  it('returns each user their own devices', async () => {
    expect(await serialNumbers('')).toEqual(['000001', '000002', '000003']);
    expect(await serialNumbers('', 'ben')).toEqual(['000004']);
    expect(await serialNumbers('search=000004&user_id=2')).toEqual([]);
    expect((await call('GET', `devices/${await idOf('000004', 'ben')}/`)).status).toBe(404);
  });

  it('pages from the first to the last by following next, in a stable order', async () => {
    const seen: string[] = [];
    for (let page: number | null = 1; page !== null; ) {
      const { body } = await call('GET', `devices/?ordering=-serial_number&limit=2&page=${page}`);
      expect(body.count).toBe(3);
      seen.push(...body.results.map((row: { serial_number: string }) => row.serial_number));
      page = body.next;
    }
    expect(seen).toEqual(['000003', '000002', '000001']);
    expect((await call('GET', 'devices/?page=2147483647&limit=3000')).body).toMatchObject({ results: [], next: null });
  });

  it('keeps released devices under current=False, and lets the next one take them', async () => {
    const id = await idOf('000003');
    now += 60_000;
    const released = await call('POST', `devices/${id}/release-ownership/`);
    expect([released.status, released.body.end_time]).toEqual([200, '2024-01-01T06:01:00.000000Z']);
    expect((await call('POST', `devices/${id}/release-ownership/`)).body.code).toBe('not_owner');
    expect(await serialNumbers('current=True')).toEqual(['000001', '000002']);
    expect(await serialNumbers('current=False')).toEqual(['000003']);

    const both = { serial_number: '000003', device_name: 'A1B2C3D4E5F3' };
    expect((await call('POST', 'devices/take-ownership/', both, 'ben')).status).toBe(201);
    expect((await call('POST', 'devices/take-ownership/', both, 'ben')).status).toBe(200);
    expect((await call('POST', 'devices/take-ownership/', both)).body.code).toBe('device_owned');
    expect((await call('POST', `devices/${id}/set-custom-name/`, { custom_name: 'x' })).body.code).toBe('not_owner');
    expect((await call('GET', 'device-ownerships/?current=false')).body.count).toBe(1);
  });

  it('returns the same error for a wrong serial number and a wrong device name', async () => {
    const take = (serial_number: string, device_name: string) =>
      call('POST', 'devices/take-ownership/', { serial_number, device_name });
    const wrongName = await take('000005', 'ffffffffffff');
    expect(wrongName.status).toBe(404);
    expect(await take('999999', 'a1b2c3d4e5f5')).toEqual(wrongName);
  });

  it('stores any custom name, and finds it literally', async () => {
    const id = await idOf('000001');
    const named = await call('POST', `devices/${id}/set-custom-name/`, { custom_name: "100%_'Tor\\" });
    expect(named.body.custom_name).toBe("100%_'Tor\\");
    expect(await serialNumbers(`search=${encodeURIComponent("0%_'tOR\\")}`)).toEqual(['000001']);
    expect(await serialNumbers('search=%25%25')).toEqual([]);
    expect(await serialNumbers(`custom_name=${encodeURIComponent("100%_'Tor\\")}`)).toEqual(['000001']);
  });
});
