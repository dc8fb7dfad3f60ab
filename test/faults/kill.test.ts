import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/storage/open.ts';
import { newPostgresLocation, newSqliteLocation, type StoreLocation } from '../support/database/stores.ts';
import { type At, callApi, redeem, refresh } from '../support/oauth.ts';
import { serve } from '../support/processes/insiders.ts';
import { newApplication, newUser } from '../support/site/fixtures.ts';
import { dataOptionsOf, settingsFor } from '../support/site/site.ts';
import { type Actors, Ledger, sendLoad } from './load.ts';

/** How often each server is killed; `ROUNDS=20` for the long run, which also prints its progress. */
const rounds = Number(process.env.ROUNDS ?? 3);

describe.each([
  ['SQLite', newSqliteLocation],
  ['PostgreSQL', newPostgresLocation],
] as const)('a server on %s that is killed under load', (name, newPlace) => {
  it(`loses nothing that it acknowledged, ${rounds} times`, { timeout: rounds * 30_000 }, async () => {
    const place = await newPlace();
    const actors = await prepare(place);
    const { port, secretKeys } = await settingsFor(place);
    const environment = { INSIDERS_LOG_LEVEL: 'error', ...(secretKeys ? { INSIDERS_SECRET_KEYS: secretKeys } : {}) };
    const start = () => serve(dataOptionsOf(place), { port: Number(port), environment });
    const totals = { codes: 0, tokens: 0, revocations: 0, rotations: 0 };
    for (let round = 1; round <= rounds; round += 1) {
      const ledger = new Ledger();
      const server = Object.assign(await start(), { stopped: false });
      const load = sendLoad(server, actors, ledger);
      await Promise.race([sleep(randomInt(500, 1200)), load]);
      await server.kill();
      server.stopped = true;
      await load;
      const restarted = await start();
      try {
        await expectNothingLost(restarted, actors, ledger);
      } finally {
        await restarted.stop();
      }
      expect(restarted.output.stderr).toBe('');
      totals.codes += ledger.redeemed.size + ledger.unused.size;
      totals.tokens += ledger.issued.length;
      totals.revocations += ledger.revoked.length;
      totals.rotations += ledger.chains.reduce((sum, chain) => sum + chain.rotations, 0);
      if (process.env.ROUNDS) console.log(`${name}: ${round} of ${rounds} kills survived`, totals);
    }
    for (const [kind, total] of Object.entries(totals)) expect([kind, total > 0]).toEqual([kind, true]);
  });
});

async function prepare(place: StoreLocation): Promise<Actors> {
  const store = await openStore(place.options);
  try {
    const people = [await newUser({ store }), await newUser({ store }), await newUser({ store })];
    return {
      people,
      byCode: await newApplication({ store }),
      byPassword: await newApplication({ store }, { grantType: 'password' }),
      rotating: await newApplication({ store }, { grantType: 'password', refreshPolicy: 'rotate' }),
    };
  } finally {
    await store.close();
  }
}

async function expectNothingLost(server: At, actors: Actors, ledger: Ledger): Promise<void> {
  await expectTokensActive(server, actors, ledger);
  await expectTokensRevoked(server, ledger);
  for (const { newest } of ledger.chains) {
    // If it was rotated and the response was lost, the server sends the same successor again.
    expect((await refresh(server, actors.rotating, newest)).status).toBe(200);
  }
  await expectCodesRedeemableOnce(server, actors, ledger);
}

async function expectTokensActive(server: At, { byCode, byPassword }: Actors, ledger: Ledger): Promise<void> {
  const redeemed = [...ledger.redeemed.values()].map((tokens) => ({ application: byCode, tokens }));
  for (const { tokens } of [...ledger.issued, ...redeemed]) {
    expect((await callApi(server, tokens.access_token)).status).toBe(200);
  }
  // The number of refreshable families per authorization is limited; the newest ones can be refreshed.
  for (const { application, tokens } of [...ledger.issued.slice(-6), ...redeemed.slice(-6)]) {
    expect([byCode, byPassword]).toContain(application);
    expect((await refresh(server, application, tokens.refresh_token)).status).toBe(200);
  }
}

async function expectTokensRevoked(server: At, ledger: Ledger): Promise<void> {
  for (const { application, tokens } of ledger.revoked) {
    expect((await callApi(server, tokens.access_token)).status).toBe(401);
    expect((await refresh(server, application, tokens.refresh_token)).status).toBe(400);
  }
}

async function expectCodesRedeemableOnce(server: At, { byCode }: Actors, ledger: Ledger): Promise<void> {
  for (const code of ledger.unused) expect(await successes(code)).toBe(1);
  for (const code of ledger.undecided) expect(await successes(code)).toBeLessThanOrEqual(1);
  for (const code of ledger.redeemed.keys()) expect(await successes(code)).toBe(0);

  async function successes(code: string): Promise<number> {
    const responses = [await redeem(server, byCode, code), await redeem(server, byCode, code)];
    return responses.filter((response) => response.status === 200).length;
  }
}
