import { describe, expect, it } from 'vitest';
import { fakeContext } from '../../../test/support/oauth-fakes.ts';
import { digest } from './digest.ts';
import { newRefreshToken, openSuccessor, readRefreshToken, sealSuccessor } from './refresh-token.ts';

describe('a refresh token', () => {
  const { random } = fakeContext().context;
  const familyId = random.text(16);
  const token = newRefreshToken(random, familyId);

  it('contains its family ID, and is found by its digest', () => {
    expect(token).toMatch(/^insiders_rt_[A-Za-z0-9_-]{66}$/);
    expect(readRefreshToken(token)).toEqual({ familyId, hash: digest(token) });
  });

  it('is random, for the same family', () => {
    const next = newRefreshToken(random, familyId);
    expect(readRefreshToken(next)).toMatchObject({ familyId });
    expect(next).not.toBe(token);
    expect(next.slice(0, 20)).not.toBe(token.slice(0, 20));
  });

  it('is not read from text in another form', () => {
    for (const text of [`${token}A`, token.slice(1), `${token}\n`, token.replace('rt', 'at'), '']) {
      expect(readRefreshToken(text)).toBeUndefined();
    }
  });
});

describe('the sealed successor', () => {
  const [old, successor] = [`insiders_rt_${'a'.repeat(66)}`, `insiders_rt_${'b'.repeat(66)}`];
  const sealed = sealSuccessor(old, successor);

  it('is decrypted with the token that it replaced', () => {
    expect(openSuccessor(old, sealed)).toBe(successor);
  });

  it('is not decrypted with another token, or after a change', () => {
    expect(sealed).not.toContain('b'.repeat(10));
    expect(() => openSuccessor(successor, sealed)).toThrow();
    expect(() => openSuccessor(old, `A${sealed.slice(1)}`)).toThrow();
    expect(() => openSuccessor(old, '')).toThrow();
  });
});
