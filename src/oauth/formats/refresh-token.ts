import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import type { Random } from '../../ports/random.ts';
import type { PresentedRefreshToken } from '../../ports/store/index.ts';
import { digest } from './digest.ts';
import { tokenPrefix } from './prefixes.ts';

/*
 * Layout, 66 characters: random 44 | family ID 22. The family ID finds the row and is not a secret; the digest of the
 * whole token must match the stored one. The random part comes first, so no two tokens have the same prefix.
 */
const secretBytes = 33;
const syntax = /^insiders_rt_[A-Za-z0-9_-]{44}([A-Za-z0-9_-]{22})$/;

/** Creates a refresh token with 264 random bits. Only its digest is stored. `familyId`: 16 bytes as base64url. */
export function newRefreshToken(random: Random, familyId: string): string {
  return tokenPrefix.refresh + random.text(secretBytes) + familyId;
}

/** Reads the family ID and computes the digest. `undefined`: the text does not have the form of a refresh token. */
export function readRefreshToken(text: string): PresentedRefreshToken | undefined {
  const familyId = syntax.exec(text)?.[1];
  return familyId === undefined ? undefined : { familyId, hash: digest(text) };
}

/**
 * Encrypts the successor of a rotated refresh token with a key that only the holder of the old token can derive. A
 * client whose response was lost, or a second worker, can send the old token again during the overlap and gets the same
 * successor, although neither token is stored. The nonce is fixed. Concurrent rotations may encrypt several successors
 * with the key of one token, but only the winner's is stored, so the database never has two ciphertexts under one key
 * and nonce (NIST SP 800-38D 8).
 */
export function sealSuccessor(oldToken: string, successor: string): string {
  const cipher = createCipheriv('aes-256-gcm', sealingKey(oldToken), Buffer.alloc(12));
  const sealed = Buffer.concat([cipher.update(successor, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return sealed.toString('base64url');
}

/** Decrypts a successor with the old token. @throws {Error} if it was encrypted with another token, or changed. */
export function openSuccessor(oldToken: string, sealedText: string): string {
  const sealed = Buffer.from(sealedText, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', sealingKey(oldToken), Buffer.alloc(12));
  decipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]).toString('utf8');
}

function sealingKey(oldToken: string): Buffer {
  return Buffer.from(hkdfSync('sha256', oldToken, '', 'insiders refresh token successor 1', 32));
}
