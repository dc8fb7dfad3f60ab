import { describe, expect, it } from 'vitest';
import { digest, equalDigests } from './digest.ts';

describe('a digest', () => {
  it('is SHA-256 as base64url', () => {
    expect(digest('')).toBe('47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU');
  });

  it('equals only itself', () => {
    expect(equalDigests(digest('a'), digest('a'))).toBe(true);
    expect(equalDigests(digest('a'), digest('b'))).toBe(false);
    expect(equalDigests('', digest('a'))).toBe(false);
  });
});
