import { describe, expect, it } from 'vitest';
import { refused } from '../../../test/support/oauth-fakes.ts';
import { readBasic } from './basic.ts';

const encode = (text: string) => Buffer.from(text).toString('base64');

describe('the Basic header (RFC 6749 2.3.1, RFC 7617)', () => {
  it.each([
    [`Basic ${encode('id:secret')}`, 'id', 'secret'],
    [`basic ${encode('id:secret')}`, 'id', 'secret'],
    [`BASIC   ${encode('id:secret')}`, 'id', 'secret'],
    [`Basic ${encode('id:se:cret')}`, 'id', 'se:cret'],
    [`Basic ${encode('id:')}`, 'id', ''],
    [`Basic ${encode('i%2Dd:s%3At')}`, 'i-d', 's:t'],
    [`Basic ${encode('i+d:s+%3At')}`, 'i+d', 's :t'],
    [`Basic ${encode('id:secret')}  `, 'id', 'secret'],
    [`Basic ${encode('i:s')}`, 'i', 's'],
  ])('%s names its client', (header, clientId, secret) => {
    expect(readBasic(header)).toEqual({ clientId, secret });
  });

  it.each([
    'Basic',
    'Basic ',
    'Basic !!!',
    `Basic ${encode('nocolon')}`,
    `Basic ${encode(':secret')}`,
    `Basic ${encode('id%ZZ:secret')}`,
    `Basic ${encode('id:secret')} more`,
    `Bearer ${encode('id:secret')}`,
    ` Basic ${encode('id:secret')}`,
    `Basic${encode('id:secret')}`,
    `Basic a_b-`,
    'Digest x',
    '',
  ])('%j is refused', async (header) => {
    const refusal = { row: { error: 'invalid_client' }, cause: 'credentials_malformed' };
    expect(await refused(() => readBasic(header))).toMatchObject(refusal);
  });
});
