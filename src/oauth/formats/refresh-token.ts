import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import type { Random } from '../../ports/random.ts';
import type { PresentedRefreshToken } from '../../ports/store/index.ts';
import { digest } from './digest.ts';
import { tokenPrefix } from './prefixes.ts';

/*
 * Layout, 66 characters: random 44 | family id 22. The family is where to look, and no secret; the digest of the whole
 * text is what must match there. It comes last, so that no two tokens begin alike.
 */
const secretBytes = 33;
const syntax = /^insiders_rt_[A-Za-z0-9_-]{44}([A-Za-z0-9_-]{22})$/;

/** With 264 random bits; only its digest is stored. `familyId` is base64url text of 16 bytes. */
export function newRefreshToken(random: Random, familyId: string): string {
  return tokenPrefix.refresh + random.text(secretBytes) + familyId;
}

/** What to look for. `undefined`: the text is no refresh token of ours. Says nothing about whether it is good. */
export function readRefreshToken(text: string): PresentedRefreshToken | undefined {
  const familyId = syntax.exec(text)?.[1];
  return familyId === undefined ? undefined : { familyId, hash: digest(text) };
}

/**
 * Encrypts the successor of a rotated refresh token with a key that only the holder of the old one can derive. A client
 * whose response was lost, or a second worker, can ask again during the overlap and gets the same successor, although
 * we store neither of them. Each old token is random and encrypts once, so the key is never used twice and a fixed
 * nonce is safe (NIST SP 800-38D 8).
 */
export function sealSuccessor(oldToken: string, successor: string): string {
  const cipher = createCipheriv('aes-256-gcm', sealingKey(oldToken), Buffer.alloc(12));
  const sealed = Buffer.concat([cipher.update(successor, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return sealed.toString('base64url');
}

/** Opens what {@link sealSuccessor} sealed under the same old token. @throws if it was sealed under another one. */
export function openSuccessor(oldToken: string, sealedText: string): string {
  const sealed = Buffer.from(sealedText, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', sealingKey(oldToken), Buffer.alloc(12));
  decipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]).toString('utf8');
}

function sealingKey(oldToken: string): Buffer {
  return Buffer.from(hkdfSync('sha256', oldToken, '', 'insiders refresh token successor 1', 32));
}
