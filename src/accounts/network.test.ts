import { describe, expect, it } from 'vitest';
import { networkOf } from './network.ts';

describe('the network of an address', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::FFFF:c000:207', '192.0.2.7'],
    ['0:0:0:0:0:ffff:c000:207', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002:ffff::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', 'unknown'],
    ['localhost', 'unknown'],
    ['1::2::3', 'unknown'],
    ['x]/@evil.example', 'unknown'],
    ['::1]/ab', 'unknown'],
    ['::1]/x[', 'unknown'],
    ['::2:3:4:5:6:7', '0:0:2:3::/64'],
    ['1::4:5:6:7:8', '1:0:0:4::/64'],
    ['1:2:3::', '1:2:3:0::/64'],
    ['::', '0:0:0:0::/64'],
  ])('%j counts as %j', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it('differs between two /64 networks', () => {
    expect(networkOf('2001:db8:1:3::9')).not.toBe(networkOf('2001:db8:1:2::9'));
  });
});
