import { describe, expect, it } from 'vitest';
import { entryHash, entryMac, genesisHash, isMacOf, type StoredEvent } from './audit-hash.ts';

const event: StoredEvent = {
  at: 1_777_636_800_000,
  actor_kind: 'user',
  actor_id: '7',
  action: 'application.suspended',
  subject: 'application:insiders_app_x',
  address: '192.0.2.1',
  detail: '{"why":"größer"}',
  before: '{"status":"active"}',
  after: '{"status":"suspended"}',
};

const key = { name: '0.x', secret: Buffer.alloc(32, 1) };

describe('the code of an audit entry', () => {
  it('never changes for the same entry and key', () => {
    expect(entryMac(key, genesisHash)).toBe('xtsT3kCF3wgCmTKxY4mD9IReo3bUAazKlsV6drsfzUY');
  });

  it('is that of one key and one hash only', () => {
    const mac = entryMac(key, genesisHash);
    expect(isMacOf(mac, key, genesisHash)).toBe(true);
    for (const wrong of ['', `${mac}x`, `y${mac.slice(1)}`, null]) expect(isMacOf(wrong, key, genesisHash)).toBe(false);
    expect(isMacOf(mac, { ...key, name: '1.x' }, genesisHash)).toBe(false);
    expect(isMacOf(mac, { ...key, secret: Buffer.alloc(32, 2) }, genesisHash)).toBe(false);
    expect(isMacOf(mac, key, 'B'.repeat(43))).toBe(false);
  });
});

describe('the hash of an audit entry', () => {
  it('never changes for the same entry', () => {
    expect(entryHash(genesisHash, event)).toBe('wmEB71oTtwB0uZVJgYlm_qnm4_1lwiqa2kwYte3zdn8');
    const bare = { ...event, actor_kind: 'platform', actor_id: null, address: null } as const;
    expect(entryHash(genesisHash, { ...bare, detail: null, before: null, after: null })).toBe(
      'PWlfEm26FjoHwPgCRIL0ZSUqFt91Hm-WYI0wkmboU7Q',
    );
  });

  it('is 43 characters of base64url, as is the genesis hash', () => {
    expect(entryHash(genesisHash, event)).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(Buffer.from(genesisHash, 'base64url')).toEqual(Buffer.alloc(32));
  });

  it('changes with each field and with the previous hash', () => {
    const changes: Partial<StoredEvent>[] = [
      {},
      { at: event.at + 1 },
      { actor_kind: 'application' },
      { actor_id: '8' },
      { action: 'application.resumed' },
      { subject: 'application:insiders_app_y' },
      { address: '192.0.2.2' },
      { detail: '{"why": "größer"}' },
      { before: '{}' },
      { after: '{}' },
    ];
    const hashes = changes.map((change) => entryHash(genesisHash, { ...event, ...change }));
    hashes.push(entryHash(hashes[0] ?? '', event));
    expect(new Set(hashes).size).toBe(11);
  });

  it('differs between an absent field, an empty one, and one that looks absent', () => {
    const hashes = [null, '', '-', '0:'].map((address) => entryHash(genesisHash, { ...event, address }));
    expect(new Set(hashes).size).toBe(4);
  });

  it('differs when text moves from one field to another', () => {
    const one = entryHash(genesisHash, { ...event, action: 'a', subject: 'b\n1:c' });
    const other = entryHash(genesisHash, { ...event, action: 'a\n1:b', subject: 'c' });
    expect(one).not.toBe(other);
    const moved = entryHash(genesisHash, { ...event, detail: event.before, before: event.detail });
    expect(moved).not.toBe(entryHash(genesisHash, event));
  });
});
