import { beforeAll, describe, expect, it } from 'vitest';
import { obtainTokens } from '../../support/oauth.ts';
import { newApplication, newDevice, newUser, type TestUser } from '../../support/site/fixtures.ts';
import { type Example, expectFailure } from '../example.ts';
import { Front } from '../front.ts';

/** The suite of the example `paging`. */
export function paging(example: Example): void {
  describe('paging', () => {
    let owner: TestUser;
    const serialNumbers: string[] = [];
    beforeAll(async () => {
      owner = await newUser(example.site);
      for (let index = 0; index < 203; index += 1) {
        serialNumbers.push((await newDevice(example.site, owner)).serialNumber);
      }
    });

    it('reads all pages, and waits as long as Retry-After says', async () => {
      const application = await newApplication(example.site);
      const { access_token } = await obtainTokens(example.site, application, owner);
      let acceptedFrom: number | undefined;
      // Page 2 gets 429 for almost a second: a program that does not wait gets it twice.
      const front = await Front.before(example.site, (line) => {
        if (!/[?&]page=2\b/.test(line)) return undefined;
        acceptedFrom ??= Date.now() + 950;
        return Date.now() >= acceptedFrom ? undefined : { status: 429, headers: { 'retry-after': '1' } };
      });
      const { code, stdout, stderr } = await example.run('paging', {
        INSIDERS_URL: front.url,
        ACCESS_TOKEN: access_token,
      });
      expect({ code, stderr }).toMatchObject({ code: 0 });
      const lines = stdout.trimEnd().split('\n');
      expect(lines.pop()).toBe('203 devices');
      expect(lines.map((line) => line.split(' ')[0]).sort()).toEqual(serialNumbers.toSorted());
      expect(front.seen.map((line) => /[?&]page=(\d+)/.exec(line)?.[1])).toEqual(['1', '2', '2', '3']);
    });

    it('says that the access token is invalid', async () => {
      expectFailure(await example.run('paging', { ACCESS_TOKEN: 'no' }), /^\/api\/v1\/devices\/ answered 401: \w+/);
      expectFailure(await example.run('paging', {}), /ACCESS_TOKEN/);
    });
  });
}
