import { describe, expect, it } from 'vitest';
import type { RefusedRequest } from '../ports/store/index.ts';
import { RefusedRequestBuffer } from './refused-requests.ts';

const refusal = (change: Partial<RefusedRequest> = {}): RefusedRequest => ({
  applicationId: 'a',
  at: 1,
  requestId: 'r',
  endpoint: 'token',
  status: 400,
  error: 'invalid_grant',
  cause: 'code_expired',
  expected: [],
  received: null,
  ...change,
});

function fake() {
  const written: RefusedRequest[] = [];
  const state = { fails: false };
  const append = async (refusals: readonly RefusedRequest[]) => {
    if (state.fails) throw new Error('away');
    written.push(...refusals);
  };
  return { written, state, requests: new RefusedRequestBuffer({ append }) };
}

describe('refused requests', () => {
  it('are written together', async () => {
    const { written, requests } = fake();
    requests.add(refusal());
    requests.add(refusal({ cause: 'code_unknown' }));
    expect(written).toEqual([]);
    await requests.flush();
    expect(written.map(({ cause }) => cause)).toEqual(['code_expired', 'code_unknown']);
  });

  it('are a few of each kind between two writes, of each application', async () => {
    const { written, requests } = fake();
    for (let times = 0; times < 100; times += 1) requests.add(refusal());
    requests.add(refusal({ applicationId: 'b' }));
    await requests.flush();
    expect(written).toHaveLength(6);
    requests.add(refusal());
    await requests.flush();
    expect(written).toHaveLength(7);
  });

  it('do not pile up while they cannot be written', async () => {
    const { written, state, requests } = fake();
    state.fails = true;
    requests.add(refusal());
    await expect(requests.flush()).rejects.toThrow('away');
    state.fails = false;
    await requests.flush();
    expect(written).toEqual([]);
  });
});
