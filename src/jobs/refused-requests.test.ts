import { describe, expect, it } from 'vitest';
import type { RefusedRequest } from '../ports/store/index.ts';
import { RefusedRequestBuffer } from './refused-requests.ts';

const refused = (change: Partial<RefusedRequest> = {}): RefusedRequest => ({
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
  const append = async (batch: readonly RefusedRequest[]) => {
    if (state.fails) throw new Error('away');
    written.push(...batch);
  };
  return { written, state, requests: new RefusedRequestBuffer({ append }) };
}

describe('the buffer of refused requests', () => {
  it('writes them together', async () => {
    const { written, requests } = fake();
    requests.add(refused());
    requests.add(refused({ cause: 'code_unknown' }));
    expect(written).toEqual([]);
    await requests.flush();
    expect(written.map(({ cause }) => cause)).toEqual(['code_expired', 'code_unknown']);
  });

  it('takes five of each application and cause between two writes', async () => {
    const { written, requests } = fake();
    for (let times = 0; times < 100; times += 1) requests.add(refused());
    requests.add(refused({ applicationId: 'b' }));
    await requests.flush();
    expect(written).toHaveLength(6);
    requests.add(refused());
    await requests.flush();
    expect(written).toHaveLength(7);
  });

  it('drops what could not be written', async () => {
    const { written, state, requests } = fake();
    state.fails = true;
    requests.add(refused());
    await expect(requests.flush()).rejects.toThrow('away');
    state.fails = false;
    await requests.flush();
    expect(written).toEqual([]);
  });
});
