import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendQuery, destinationOf, matchRedirectUri } from './redirect-uri.ts';

const https = 'https://c.example/cb';
const confidential = { confidential: true };
const isPublic = { confidential: false };

describe('a redirect URI (RFC 9700 2.1)', () => {
  it('matches an identical registered one', () => {
    expect(matchRedirectUri(['https://other.example/', https], https, confidential)).toBe(https);
  });

  it.each([
    'https://c.example/cb/',
    'https://c.example/cb/wrong',
    'https://c.example/cbevil',
    'https://c.example/cb/../evil',
    'https://c.example/cb%2F',
    'https://c.example:443/cb',
    'https://C.example/cb',
    'HTTPS://c.example/cb',
    'http://c.example/cb',
    'https://u:p@c.example/cb',
    'https://c.example@evil.example/cb',
    'https://c.example.evil.example/cb',
    'https://c.example/cb?',
    'https://c.example/cb?a=1',
    'https://c.example/cb#x',
    ' https://c.example/cb',
    'https://c.example/cb\n',
    '//c.example/cb',
    '/cb',
    '',
  ])('does not match %j', (sent) => {
    expect(matchRedirectUri([https], sent, confidential)).toBeUndefined();
    expect(matchRedirectUri([https], sent, isPublic)).toBeUndefined();
  });

  it('of a confidential application matches only byte for byte', () => {
    const uris = ['http://127.0.0.1:8000/authorized/', 'http://[::1]/cb', https];
    const host = fc.constantFrom('127.0.0.1', '[::1]', 'localhost', '127.0.0.2');
    const port = fc.option(fc.integer({ min: 0, max: 70_000 }), { nil: undefined });
    const path = fc.constantFrom('/authorized/', '/cb', '/', '');
    const onLoopback = fc
      .tuple(host, port, path)
      .map(([name, number, rest]) => `http://${name}${number === undefined ? '' : `:${number}`}${rest}`);
    fc.assert(
      fc.property(fc.oneof(onLoopback, fc.webUrl(), fc.constantFrom(...uris), fc.string()), (sent) => {
        expect(matchRedirectUri(uris, sent, confidential)).toBe(uris.includes(sent) ? sent : undefined);
      }),
    );
  });

  it.each(['http://127.0.0.1:8001/authorized/', 'http://127.0.0.1/authorized/', 'http://[::1]:8000/cb'])(
    'of a confidential application does not match with another port: %s',
    (sent) => {
      const uris = ['http://127.0.0.1:8000/authorized/', 'http://[::1]/cb'];
      expect(matchRedirectUri(uris, sent, confidential)).toBeUndefined();
      expect(matchRedirectUri(uris, sent, isPublic)).toBe(sent);
    },
  );

  it('of a public application matches with another port on a loopback address (RFC 8252 7.3)', () => {
    const registered = ['http://127.0.0.1/cb', 'http://[::1]:5000/cb'];
    expect(matchRedirectUri(registered, 'http://127.0.0.1:51004/cb', isPublic)).toBe('http://127.0.0.1:51004/cb');
    expect(matchRedirectUri(registered, 'http://[::1]:1/cb', isPublic)).toBe('http://[::1]:1/cb');
    expect(matchRedirectUri(registered, 'http://127.0.0.1:65535/cb', isPublic)).toBe('http://127.0.0.1:65535/cb');
    expect(matchRedirectUri(['http://127.0.0.1'], 'http://127.0.0.1:8000', isPublic)).toBe('http://127.0.0.1:8000');
  });

  it.each([
    'http://127.0.0.1:51004/cb/',
    'http://127.0.0.1:51004/cb?x=1',
    'http://127.0.0.1:51004/cb#x',
    'http://127.0.0.1:65536/cb',
    'http://127.0.0.1:000080/cb',
    'http://127.0.0.1:/cb',
    ' http://127.0.0.1:51004/cb',
    'http://127.0.0.1:51004/cb\n',
    'http://[::1]:51004/cb',
    'http://attacker@127.0.0.1:80/cb',
    'http://localhost:51004/cb',
    'http://127.0.0.2:51004/cb',
    'https://127.0.0.1:51004/cb',
  ])('of a public application must match in all but the port: %s', (sent) => {
    expect(matchRedirectUri(['http://127.0.0.1/cb'], sent, isPublic)).toBeUndefined();
  });
});

describe('parameters appended to the query (RFC 6749 4.1.2)', () => {
  it.each([
    ['https://c.example/cb', 'https://c.example/cb?code=1'],
    ['https://c.example/cb?', 'https://c.example/cb?code=1'],
    ['https://c.example/cb?a=1&b=%2f', 'https://c.example/cb?a=1&b=%2f&code=1'],
    ['https://c.example/cb?a=1&', 'https://c.example/cb?a=1&code=1'],
  ])('keep the query of %s', (uri, location) => {
    expect(appendQuery(uri, { code: '1', state: undefined })).toBe(location);
  });

  it('return any state unchanged, in one parameter', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (state) => {
        const { searchParams } = new URL(appendQuery('https://c.example/cb?x=1', { code: 'c', state }));
        expect(searchParams.getAll('state')).toEqual([state]);
        expect([...searchParams.keys()]).toEqual(['x', 'code', 'state']);
      }),
    );
  });
});

describe('the destination that users are shown', () => {
  it.each([
    ['https://c.example/cb', 'c.example'],
    ['http://127.0.0.1:8000/authorized/', '127.0.0.1:8000'],
    ['com.example.app:/cb', 'com.example.app:'],
  ])('of %s is %s', (uri, destination) => {
    expect(destinationOf(uri)).toBe(destination);
  });
});
