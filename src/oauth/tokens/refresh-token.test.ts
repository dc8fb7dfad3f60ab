import { describe, expect, it } from 'vitest';
import { fakeContext } from '../../../test/support/oauth-fakes.ts';
import { looksLikeRefreshToken, newRefreshToken, openSuccessor, sealSuccessor } from './refresh-token.ts';

describe('a refresh token', () => {
  it('is recognised by its form', () => {
    const token = newRefreshToken(fakeContext().context.random);
    expect(token).toMatch(/^insiders_rt_[A-Za-z0-9_-]{43}$/);
    expect(looksLikeRefreshToken(token)).toBe(true);
    for (const other of [`${token}A`, token.slice(1), `${token}\n`, token.replace('rt', 'at'), '']) {
      expect(looksLikeRefreshToken(other)).toBe(false);
    }
  });
});

describe('the sealed successor', () => {
  const [old, successor] = [`insiders_rt_${'a'.repeat(43)}`, `insiders_rt_${'b'.repeat(43)}`];
  const sealed = sealSuccessor(old, successor);

  it('opens for who holds the token it replaced', () => {
    expect(openSuccessor(old, sealed)).toBe(successor);
  });

  it('opens for nobody else, shows nothing, and bears no change', () => {
    expect(sealed).not.toContain('b'.repeat(10));
    expect(() => openSuccessor(successor, sealed)).toThrow();
    expect(() => openSuccessor(old, `A${sealed.slice(1)}`)).toThrow();
    expect(() => openSuccessor(old, '')).toThrow();
  });
});
