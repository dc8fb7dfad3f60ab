import { timingSafeEqual } from 'node:crypto';
import type { Key, Keys } from '../../ports/keys.ts';
import { idBytes } from '../ids.ts';
import { hmacSha256 } from './mac.ts';
import { tokenPrefix } from './names.ts';

/** What an access token says. It is stored nowhere: its MAC makes it true. */
export interface AccessToken {
  /** 19 characters (14 bytes); names this one token, so that it can be revoked by itself. */
  readonly tokenId: string;
  /** 22 characters (16 bytes); what it rests on. */
  readonly familyId: string;
  /** Milliseconds since 1970. Refused from then on. */
  readonly expiresAt: number;
}

/*
 * Layout, 69 bytes: token id 14 | key id 1 | expiry in milliseconds 6 | family id 16 | HMAC-SHA-256 32.
 * 69 bytes are 92 base64url characters with no bits left over, so no two texts decode to one token.
 */
export const tokenIdBytes = 14;
const keyAt = tokenIdBytes;
const expiryAt = keyAt + 1;
const familyAt = expiryAt + 6;
const macAt = familyAt + idBytes;
const syntax = /^insiders_at_([A-Za-z0-9_-]{92})$/;
const purpose = Buffer.from('insiders access token 1\0');

/** Writes an access token under `key`. `tokenId` and `familyId` are base64url text of 14 and 16 bytes. */
export function mintAccessToken(key: Key, token: AccessToken): string {
  const bytes = Buffer.alloc(macAt + 32);
  bytes.write(token.tokenId, 0, tokenIdBytes, 'base64url');
  bytes[keyAt] = key.id;
  bytes.writeUIntBE(token.expiresAt, expiryAt, 6);
  bytes.write(token.familyId, familyAt, idBytes, 'base64url');
  mac(key, bytes.subarray(0, macAt)).copy(bytes, macAt);
  return tokenPrefix.access + bytes.toString('base64url');
}

/** Reads a token that one of the ring's keys made; anything else is `undefined`. Says nothing about expiry or revocation. */
export function readAccessToken(keys: Keys, text: string): AccessToken | undefined {
  const encoded = syntax.exec(text)?.[1];
  if (encoded === undefined) return undefined;
  const bytes = Buffer.from(encoded, 'base64url');
  const key = keys.find(bytes.readUInt8(keyAt));
  if (key === undefined) return undefined;
  if (!timingSafeEqual(mac(key, bytes.subarray(0, macAt)), bytes.subarray(macAt))) return undefined;
  return {
    tokenId: bytes.toString('base64url', 0, tokenIdBytes),
    familyId: bytes.toString('base64url', familyAt, macAt),
    expiresAt: bytes.readUIntBE(expiryAt, 6),
  };
}

function mac(key: Key, body: Buffer): Buffer {
  return hmacSha256(key, Buffer.concat([purpose, body]));
}
