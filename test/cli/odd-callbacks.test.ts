import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildOnce, newPlace, run } from './run.ts';

const place = newPlace();
const data = ['--data-dir', place.dataDir, '--json'];

beforeAll(async () => {
  buildOnce();
  await run(['migrate', ...data]);
}, 120_000);
afterAll(() => place.remove());

const register = (callback: string) =>
  run([
    'application',
    'create',
    '--name',
    'Odd',
    '--grant-type',
    'authorization_code',
    '--redirect-uri',
    callback,
    ...data,
  ]);

it.each([
  ['a user name', 'https://ams.example@evil.example/'],
  ['an encoded @', 'https://ams.example%40evil.example/'],
  ['a semicolon in the host', 'https://ams.example;form-action.example/'],
  ['a quote in the host', "https://'self'/"],
  ['a zone', 'https://[fe80::1%25eth0]/'],
  ['a Cyrillic letter', 'https://\u0430ms.example/'],
  ['an encoded Cyrillic letter', 'https://%D0%B0ms.example/'],
  ['a loopback address in another spelling', 'http://0x7f.1/'],
  ['a port out of range', 'https://ams.example:99999/'],
  ['port 0', 'https://ams.example:0/'],
  ['a dot after the host', 'https://ams.example./'],
])('a callback is not registered with %s', { timeout: 10_000 }, async (_what, callback) => {
  const { code, stdout, stderr } = await register(callback);
  expect([callback, code, stdout]).toEqual([callback, 1, '']);
  expect(stderr).toMatch(/^[A-Z][^\n]+\n$/);
  expect(stderr).not.toMatch(/Unexpected|evil|Error/);
});
