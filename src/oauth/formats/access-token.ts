import type { Key, Keys } from '../../ports/keys.ts';
import { decodeInteger, encodeInteger, timeCharacters } from './base64url-integers.ts';
import { equalDigests } from './digest.ts';
import { hmacSha256 } from './mac.ts';
import { tokenPrefix } from './prefixes.ts';

/** The content of an access token. It is not stored: the MAC proves that this server issued it. */
export interface AccessToken {
  /** 15 bytes as 20 characters of base64url. Identifies this one token, so that it can be revoked by itself. */
  readonly tokenId: string;
  /** 16 bytes as 22 characters of base64url. The token family whose state decides whether the token is active. */
  readonly familyId: string;
  /** Milliseconds since 1970. The token is refused from then on. */
  readonly expiresAt: number;
}

/*
 * Layout, 92 characters: token ID 20 | key ID 2 | expiry in milliseconds 8 | family ID 22 | HMAC-SHA-256 40, truncated
 * to 240 bits (RFC 2104 5). The MAC is of the characters before it, not of decoded bytes, so a token has exactly one
 * spelling.
 */
export const tokenIdBytes = 15;
const keyAt = 20;
const expiryAt = keyAt + 2;
const familyAt = expiryAt + timeCharacters;
const macAt = familyAt + 22;
const macCharacters = 40;
const syntax = /^insiders_at_([A-Za-z0-9_-]{92})$/;
const purpose = 'insiders access token 2\0';

/** Creates an access token with a MAC under `key`. */
export function mintAccessToken(key: Key, { tokenId, familyId, expiresAt }: AccessToken): string {
  const payload =
    tokenId + encodeInteger(key.id, expiryAt - keyAt) + encodeInteger(expiresAt, timeCharacters) + familyId;
  return tokenPrefix.access + payload + mac(key, payload);
}

/**
 * Reads an access token whose MAC is of one of the ring's keys; `undefined` for any other text. Does not check expiry
 * or revocation.
 */
export function readAccessToken(keys: Keys, text: string): AccessToken | undefined {
  const encoded = syntax.exec(text)?.[1];
  if (encoded === undefined) return undefined;
  const payload = encoded.slice(0, macAt);
  const key = keys.find(decodeInteger(payload.slice(keyAt, expiryAt)));
  if (key === undefined || !equalDigests(mac(key, payload), encoded.slice(macAt))) return undefined;
  return {
    tokenId: payload.slice(0, keyAt),
    familyId: payload.slice(familyAt),
    expiresAt: decodeInteger(payload.slice(expiryAt, familyAt)),
  };
}

function mac(key: Key, payload: string): string {
  return hmacSha256(key, purpose + payload).slice(0, macCharacters);
}
