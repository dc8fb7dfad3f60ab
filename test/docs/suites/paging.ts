import { beforeAll, describe, expect, it } from 'vitest';
import { obtainTokens } from '../../support/oauth.ts';
import { newApplication, newDevice, newPerson, type Person } from '../../support/people.ts';
import { type Example, expectFailure } from '../example.ts';
import { Front } from '../front.ts';

export function paging(example: Example): void {
  describe('paging', () => {
    let collector: Person;
    const serialNumbers: string[] = [];
    beforeAll(async () => {
      collector = await newPerson(example.site);
      for (let index = 0; index < 203; index += 1) {
        serialNumbers.push((await newDevice(example.site, collector)).serialNumber);
      }
    });

    it('walks through all pages, and waits when it is told to', async () => {
      const application = await newApplication(example.site);
      const { access_token } = await obtainTokens(example.site, application, collector);
      let goodFrom: number | undefined;
      // Page 2 is refused for one second, so that whoever doesn't wait is refused again.
      const front = await Front.before(example.site, (what) => {
        if (!/[?&]page=2\b/.test(what)) return undefined;
        goodFrom ??= Date.now() + 950;
        return Date.now() >= goodFrom ? undefined : { status: 429, headers: { 'retry-after': '1' } };
      });
      const { code, stdout, stderr } = await example.run('paging', {
        INSIDERS_URL: front.url,
        ACCESS_TOKEN: access_token,
      });
      expect({ code, stderr }).toMatchObject({ code: 0 });
      const lines = stdout.trimEnd().split('\n');
      expect(lines.pop()).toBe('203 devices');
      expect(lines.map((line) => line.split(' ')[0]).sort()).toEqual(serialNumbers.toSorted());
      expect(front.seen.map((what) => /[?&]page=(\d+)/.exec(what)?.[1])).toEqual(['1', '2', '2', '3']);
    });

    it('says that the access token is no good', async () => {
      expectFailure(await example.run('paging', { ACCESS_TOKEN: 'no' }), /^\/api\/v1\/devices\/ answered 401: \w+/);
      expectFailure(await example.run('paging', {}), /ACCESS_TOKEN/);
    });
  });
}
