import type { Key, Keys } from '../../ports/keys.ts';
import { decodeInteger, encodeInteger, timeCharacters } from './base64url-integers.ts';
import { equalDigests } from './digest.ts';
import { hmacSha256 } from './mac.ts';
import { tokenPrefix } from './prefixes.ts';

/** What an access token says. It is stored nowhere: its MAC makes it true. */
export interface AccessToken {
  /** 20 characters (15 bytes); names this one token, so that it can be revoked by itself. */
  readonly tokenId: string;
  /** 22 characters (16 bytes); what it rests on. */
  readonly familyId: string;
  /** Milliseconds since 1970. Refused from then on. */
  readonly expiresAt: number;
}

/*
 * Layout, 92 characters: token id 20 | key id 2 | expiry in milliseconds 8 | family id 22 | HMAC-SHA-256 40, which is
 * 240 of its bits (RFC 2104 5). The MAC is of the text before it, so nothing is decoded to check it, and no two texts
 * are one token.
 */
export const tokenIdBytes = 15;
const keyAt = 20;
const expiryAt = keyAt + 2;
const familyAt = expiryAt + timeCharacters;
const macAt = familyAt + 22;
const macCharacters = 40;
const syntax = /^insiders_at_([A-Za-z0-9_-]{92})$/;
const purpose = 'insiders access token 2\0';

/** Writes an access token under `key`. `tokenId` and `familyId` are base64url text of 15 and 16 bytes. */
export function mintAccessToken(key: Key, { tokenId, familyId, expiresAt }: AccessToken): string {
  const said = tokenId + encodeInteger(key.id, expiryAt - keyAt) + encodeInteger(expiresAt, timeCharacters) + familyId;
  return tokenPrefix.access + said + mac(key, said);
}

/**
 * Reads a token that one of the ring's keys made; anything else is `undefined`. Says nothing about expiry or
 * revocation.
 */
export function readAccessToken(keys: Keys, text: string): AccessToken | undefined {
  const encoded = syntax.exec(text)?.[1];
  if (encoded === undefined) return undefined;
  const said = encoded.slice(0, macAt);
  const key = keys.find(decodeInteger(said.slice(keyAt, expiryAt)));
  if (key === undefined || !equalDigests(mac(key, said), encoded.slice(macAt))) return undefined;
  return {
    tokenId: said.slice(0, keyAt),
    familyId: said.slice(familyAt),
    expiresAt: decodeInteger(said.slice(expiryAt, familyAt)),
  };
}

function mac(key: Key, said: string): string {
  return hmacSha256(key, purpose + said).slice(0, macCharacters);
}
