import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildOnce, newPlace, run } from './run.ts';

const place = newPlace();
const data = ['--data-dir', place.dataDir, '--json'];

beforeAll(buildOnce, 120_000);
afterAll(() => place.remove());

const odd: readonly (readonly [callback: string, message: RegExp])[] = [
  ['https://ams.example:443@evil.example/', /before the @/],
  ['https://ams.example;form-action.example/', /single dots/],
  ['https://[fe80::1%25eth0]/', /beginning with https/],
  ['https://\u0430ms.example/', /non-ASCII/],
  ['https://\uff41ms.example/', /non-ASCII/],
  ['https://%D0%B0ms.example/', /as browsers know it: xn--/],
  ['http://0x7f.1/', /as browsers know it: 127\.0\.0\.1/],
  ['https://ams.example./', /single dots/],
  ['https://ams.example:0/', /no port 0/],
  ['https://ams.example:99999/', /beginning with https/],
];

it('refuses each callback with a misleading host, with its own sentence', async () => {
  const callbacks = odd.map(([callback]) => callback);
  const create = ['application', 'create', '--name', 'Odd', '--grant-type', 'authorization_code'];
  const ran = await run([...create, '--redirect-uri', ...callbacks, ...data]);
  expect(ran).toMatchObject({ code: 1, stdout: '' });
  const sentences = ran.stderr.trimEnd().split('\n');
  expect(sentences).toEqual(odd.map(([, message]) => expect.stringMatching(message)));
  expect((await run(['application', 'list', ...data])).stdout).toBe('[]\n');
});
