import { describe, expect, it } from 'vitest';
import type { DayOfTraffic } from '../ports/store/index.ts';
import { ClientUses } from './client-uses.ts';

const day = 86_400_000;

function fake() {
  const added: (DayOfTraffic & { applicationId: string })[] = [];
  const touched: { secretId: string; usedAt: number }[] = [];
  const state = { fails: false, secretsFail: false, before: async () => {} };
  const store = {
    traffic: {
      add: async (counts: readonly (DayOfTraffic & { applicationId: string })[]) => {
        await state.before();
        if (state.fails) throw new Error('away');
        added.push(...counts);
      },
    },
    secrets: {
      touch: async (uses: readonly { secretId: string; usedAt: number }[]) => {
        if (state.secretsFail) throw new Error('secrets away');
        touched.push(...uses);
      },
    },
  };
  return { added, touched, state, uses: new ClientUses(store as never) };
}

describe('the buffer of client uses', () => {
  it('counts requests and errors by application and day', async () => {
    const { added, touched, uses } = fake();
    uses.recordClientUse({ applicationId: 'a', secretId: 's', usedAt: 2 * day });
    uses.recordClientUse({ applicationId: 'a', secretId: 's', usedAt: 2 * day + 5 });
    uses.recordClientUse({ applicationId: 'b', secretId: null, usedAt: 3 * day });
    uses.recordError('a', 2 * day + 9, true);
    uses.recordError('b', 3 * day, false);
    await uses.flush();
    expect(added).toEqual([
      { applicationId: 'a', day: 2, requests: 2, errors: 1 },
      { applicationId: 'b', day: 3, requests: 2, errors: 1 },
    ]);
    expect(touched).toEqual([{ secretId: 's', usedAt: 2 * day + 5 }]);
    await uses.flush();
    expect(added).toHaveLength(2);
  });

  it('keeps its counts when they could not be written', async () => {
    const { added, state, uses } = fake();
    uses.recordRequest('a', day);
    state.fails = true;
    await expect(uses.flush()).rejects.toThrow('away');
    state.fails = false;
    uses.recordRequest('a', day + 1);
    await uses.flush();
    expect(added).toEqual([{ applicationId: 'a', day: 1, requests: 2, errors: 0 }]);
  });

  it.each([
    ['the requests', { fails: true, secretsFail: false }],
    ['the uses of secrets', { fails: false, secretsFail: true }],
    ['both', { fails: true, secretsFail: true }],
  ])('loses nothing and counts nothing twice when %s could not be written', async (_name, failing) => {
    const { added, touched, state, uses } = fake();
    uses.recordClientUse({ applicationId: 'a', secretId: 's', usedAt: day });
    uses.recordClientUse({ applicationId: 'a', secretId: 't', usedAt: day + 1 });
    Object.assign(state, failing);
    await expect(uses.flush()).rejects.toThrow('away');
    Object.assign(state, { fails: false, secretsFail: false });
    await uses.flush();
    expect(added).toEqual([{ applicationId: 'a', day: 1, requests: 2, errors: 0 }]);
    expect(touched).toEqual([
      { secretId: 's', usedAt: day },
      { secretId: 't', usedAt: day + 1 },
    ]);
  });

  it('keeps the newer use of a secret that came in during a failed write', async () => {
    const { touched, state, uses } = fake();
    uses.recordClientUse({ applicationId: 'a', secretId: 's', usedAt: day });
    Object.assign(state, {
      fails: true,
      secretsFail: true,
      before: async () => uses.recordClientUse({ applicationId: 'a', secretId: 's', usedAt: day + 5 }),
    });
    await expect(uses.flush()).rejects.toThrow('away');
    Object.assign(state, { fails: false, secretsFail: false, before: async () => {} });
    await uses.flush();
    expect(touched).toEqual([{ secretId: 's', usedAt: day + 5 }]);
  });
});
