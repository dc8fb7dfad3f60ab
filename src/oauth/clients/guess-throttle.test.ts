import { describe, expect, it } from 'vitest';
import { clientGuessBuckets } from './guess-throttle.ts';

describe('the buckets of failed client authentications', () => {
  it('have these limits: the burst, and the milliseconds until one more failure is admitted', () => {
    const limits = clientGuessBuckets('a', '192.0.2.1').map(({ key, burst, leakMs }) => [
      key.split(':')[1],
      burst,
      leakMs,
    ]);
    expect(limits).toEqual([
      ['pair', 50, 10_000],
      ['network', 300, 1000],
    ]);
  });

  it('are shared by all clients of a network, where they should be, and by no other network', () => {
    const keysOf = (clientId: string | undefined, network: string) =>
      clientGuessBuckets(clientId, network).map(({ key }) => key);
    const [pair, network] = keysOf('a', '192.0.2.1');
    expect(keysOf(undefined, '192.0.2.1')).toEqual([network]);
    expect(keysOf('b', '192.0.2.1')).toEqual([expect.not.stringMatching(pair ?? ''), network]);
    for (const key of keysOf('a', '192.0.2.2')) expect([pair, network]).not.toContain(key);
    expect(pair).toMatch(/^client-secret:pair:[A-Za-z0-9_-]{43}$/);
  });
});
