import { describe, expect, it } from 'vitest';
import { parseParams } from '../params.ts';
import { readBody } from './body.ts';

describe('credentials in the body (RFC 6749 2.3.1)', () => {
  it.each([
    ['client_id=a&client_secret=b', { clientId: 'a', secret: 'b' }],
    ['client_id=a', { clientId: 'a', secret: null }],
    ['client_secret=b', { clientId: '', secret: 'b' }],
    ['', undefined],
  ])('of %j', (body, expected) => {
    expect(readBody(parseParams(body))).toEqual(expected);
  });
});
