import { describe, expect, it } from 'vitest';
import { basicFor, causeOf, refused } from '../../../test/support/oauth-fakes.ts';
import { parseParams } from '../params.ts';
import { presentedClient } from './credentials.ts';

const encode = (text: string) => Buffer.from(text).toString('base64');
const read = (authorization: string | undefined, body = '') => presentedClient(authorization, parseParams(body));

describe('the credentials of a client (RFC 6749 2.3)', () => {
  const header = basicFor('a', 'b');

  it.each([
    ['the header', header, ''],
    ['the header, and the same client_id in the body', header, 'client_id=a'],
    ['the body', undefined, 'client_id=a&client_secret=b'],
  ])('are read from %s', (_title, authorization, body) => {
    expect(read(authorization, body)).toEqual({ clientId: 'a', secret: 'b' });
  });

  it.each([
    ['there are none', undefined, '', 'invalid_client', 'credentials_missing'],
    ['header and body have a secret', header, 'client_id=a&client_secret=b', 'invalid_request', 'credentials_twice'],
    ['the body has only a secret beside the header', header, 'client_secret=b', 'invalid_request', 'credentials_twice'],
    ['header and body name different clients', header, 'client_id=c', 'invalid_request', 'credentials_differ'],
    [
      'the header is not Basic, whatever the body has',
      'Bearer x',
      'client_id=a&client_secret=b',
      'invalid_client',
      'credentials_malformed',
    ],
  ])('are refused when %s', async (_title, authorization, body, code, cause) => {
    expect(await refused(() => read(authorization, body))).toMatchObject({ row: { error: code }, cause });
  });
});

describe('credentials in the Basic header (RFC 6749 2.3.1, RFC 7617)', () => {
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
  ])('are read from %s', (authorization, clientId, secret) => {
    expect(read(authorization)).toEqual({ clientId, secret });
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
  ])('are refused: %j', async (authorization) => {
    const error = { row: { error: 'invalid_client' }, cause: 'credentials_malformed' };
    expect(await refused(() => read(authorization))).toMatchObject(error);
  });
});

describe('credentials in the body (RFC 6749 2.3.1)', () => {
  it.each([
    ['client_id=a&client_secret=b', { clientId: 'a', secret: 'b' }],
    ['client_id=a', { clientId: 'a', secret: null }],
    ['client_secret=b', { clientId: '', secret: 'b' }],
  ])('are read from %j', (body, expected) => {
    expect(read(undefined, body)).toEqual(expected);
  });

  it.each(['', 'client_id=', 'client_id=&client_secret='])('are missing in %j', async (body) => {
    expect(await causeOf(() => read(undefined, body))).toBe('credentials_missing');
  });
});
