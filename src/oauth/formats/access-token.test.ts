import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Key, Keys } from '../../ports/keys.ts';
import { mintAccessToken, readAccessToken, tokenIdBytes } from './access-token.ts';
import { idBytes } from './ids.ts';

const key: Key = { id: 3, secret: Buffer.alloc(32, 7) };
const ring = (...keys: Key[]): Keys => ({ current: () => key, find: (id) => keys.find((known) => known.id === id) });
const token = {
  tokenId: Buffer.alloc(tokenIdBytes, 1).toString('base64url'),
  familyId: Buffer.alloc(idBytes, 2).toString('base64url'),
  expiresAt: Date.UTC(2999, 11, 31),
};
const text = mintAccessToken(key, token);

describe('an access token', () => {
  it('is read with the key that it was created with', () => {
    expect(text).toMatch(/^insiders_at_[A-Za-z0-9_-]{92}$/);
    expect(readAccessToken(ring(key), text)).toEqual(token);
  });

  it('can be created with a key of any ID', () => {
    for (const id of [0, 63, 64, 255]) {
      const other = { id, secret: key.secret };
      expect(readAccessToken(ring(other), mintAccessToken(other, token))).toEqual(token);
    }
  });

  it('is read with an older key of the ring', () => {
    expect(readAccessToken(ring({ id: 4, secret: Buffer.alloc(32, 9) }, key), text)).toEqual(token);
  });

  it('is not read without its key, or with another secret of the same ID', () => {
    expect(readAccessToken(ring(), text)).toBeUndefined();
    expect(readAccessToken(ring({ id: 3, secret: Buffer.alloc(32, 8) }), text)).toBeUndefined();
  });

  it('is not read with any character changed', () => {
    const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=.';
    for (let at = 0; at < text.length; at += 1) {
      const other = characters[at % characters.length] === text[at] ? '~' : characters[at % characters.length];
      expect(readAccessToken(ring(key), text.slice(0, at) + other + text.slice(at + 1))).toBeUndefined();
    }
  });

  it.each([text.slice(0, -1), `${text}A`, `${text}=`, ` ${text}`, `${text}\n`, text.toLowerCase(), '', 'null'])(
    'is not read from %j',
    (other) => {
      expect(readAccessToken(ring(key), other)).toBeUndefined();
    },
  );

  it('is not read from random text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 69, maxLength: 69 }), fc.boolean(), (bytes, withKeyId) => {
        const encoded = Buffer.from(bytes).toString('base64url');
        const forged = withKeyId ? `${encoded.slice(0, 20)}AD${encoded.slice(22)}` : encoded;
        expect(readAccessToken(ring(key), `insiders_at_${forged}`)).toBeUndefined();
      }),
    );
  });
});
