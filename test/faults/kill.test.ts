import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/storage/open.ts';
import { type At, callApi, redeem, refresh } from '../support/oauth.ts';
import { newApplication, newPerson } from '../support/people.ts';
import { serve } from '../support/program.ts';
import { dataOptionsOf, settingsFor } from '../support/server.ts';
import { newDatabase, newDirectory, type Place } from '../support/stores.ts';
import { type Actors, Ledger, work } from './load.ts';

/** How often each server is killed; `ROUNDS=20` for the long run, which also tells how far it is. */
const rounds = Number(process.env.ROUNDS ?? 3);

describe.each([
  ['SQLite', newDirectory],
  ['PostgreSQL', newDatabase],
] as const)('a server on %s that is killed while it works', (name, newPlace) => {
  it(`keeps all that it acknowledged, ${rounds} times`, { timeout: rounds * 30_000 }, async () => {
    const place = await newPlace();
    const actors = await prepare(place);
    const { port, secretKeys } = await settingsFor(place);
    const environment = { INSIDERS_LOG_LEVEL: 'error', ...(secretKeys ? { INSIDERS_SECRET_KEYS: secretKeys } : {}) };
    const start = () => serve(dataOptionsOf(place), { port: Number(port), environment });
    const totals = { codes: 0, tokens: 0, revocations: 0, rotations: 0 };
    for (let round = 1; round <= rounds; round += 1) {
      const ledger = new Ledger();
      const server = Object.assign(await start(), { stopped: false });
      const working = work(server, actors, ledger);
      await Promise.race([sleep(randomInt(500, 1200)), working]);
      await server.kill();
      server.stopped = true;
      await working;
      const again = await start();
      try {
        await expectAllKept(again, actors, ledger);
      } finally {
        await again.stop();
      }
      expect(again.output.stderr).toBe('');
      totals.codes += ledger.redeemed.size + ledger.unused.size;
      totals.tokens += ledger.issued.length;
      totals.revocations += ledger.revoked.length;
      totals.rotations += ledger.chains.reduce((sum, chain) => sum + chain.rotations, 0);
      if (process.env.ROUNDS) console.log(`${name}: ${round} of ${rounds} kills survived`, totals);
    }
    for (const [what, total] of Object.entries(totals)) expect([what, total > 0]).toEqual([what, true]);
  });
});

async function prepare(place: Place): Promise<Actors> {
  const store = await openStore(place.options);
  try {
    const people = [await newPerson({ store }), await newPerson({ store }), await newPerson({ store })];
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

async function expectAllKept(server: At, actors: Actors, ledger: Ledger): Promise<void> {
  await expectTokensKept(server, actors, ledger);
  await expectRevocationsKept(server, ledger);
  for (const { newest } of ledger.chains) {
    // Perhaps it was replaced and the answer was lost: then it still gets its successor.
    expect((await refresh(server, actors.rotating, newest)).status).toBe(200);
  }
  await expectCodesGoodOnce(server, actors, ledger);
}

async function expectTokensKept(server: At, { byCode, byPassword }: Actors, ledger: Ledger): Promise<void> {
  const redeemed = [...ledger.redeemed.values()].map((tokens) => ({ application: byCode, tokens }));
  for (const { tokens } of [...ledger.issued, ...redeemed]) {
    expect((await callApi(server, tokens.access_token)).status).toBe(200);
  }
  // Only so many families of one authorization can be refreshed: the newest surely can.
  for (const { application, tokens } of [...ledger.issued.slice(-6), ...redeemed.slice(-6)]) {
    expect([byCode, byPassword]).toContain(application);
    expect((await refresh(server, application, tokens.refresh_token)).status).toBe(200);
  }
}

async function expectRevocationsKept(server: At, ledger: Ledger): Promise<void> {
  for (const { application, tokens } of ledger.revoked) {
    expect((await callApi(server, tokens.access_token)).status).toBe(401);
    expect((await refresh(server, application, tokens.refresh_token)).status).toBe(400);
  }
}

async function expectCodesGoodOnce(server: At, { byCode }: Actors, ledger: Ledger): Promise<void> {
  for (const code of ledger.unused) expect(await successes(code)).toBe(1);
  for (const code of ledger.undecided) expect(await successes(code)).toBeLessThanOrEqual(1);
  for (const code of ledger.redeemed.keys()) expect(await successes(code)).toBe(0);

  async function successes(code: string): Promise<number> {
    const answers = [await redeem(server, byCode, code), await redeem(server, byCode, code)];
    return answers.filter((answer) => answer.status === 200).length;
  }
}
