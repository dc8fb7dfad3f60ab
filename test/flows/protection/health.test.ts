import { expect, it } from 'vitest';
import { withDatabase } from '../../support/database/sql.ts';
import { onEachEngine } from '../../support/site/site.ts';

onEachEngine((site) => {
  const checks = () =>
    withDatabase(site.options, async ({ run }) => {
      const [row] = await run('select checks from health_checks');
      return Number(row?.checks ?? 0);
    });

  it('writes to the database at most once per second, however often /readyz is called', async () => {
    const before = await checks();
    const since = performance.now();
    for (let round = 0; round < 10; round += 1) {
      const responses = await Promise.all(Array.from({ length: 30 }, () => fetch(`${site.url}/readyz`)));
      expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
    }
    const seconds = (performance.now() - since) / 1000;
    expect((await checks()) - before).toBeLessThanOrEqual(1 + seconds);
  });
});
