import { describe, expect, it } from 'vitest';
import { checkCallback, checkCallbacks } from './callbacks.ts';

const confidential = { confidential: true };
const publicClient = { confidential: false };
const codeOf = (uri: string, application = confidential) => checkCallback(uri, application)?.code;

describe('a callback', () => {
  it.each([
    'https://ams.example/callback/',
    'https://ams.example/callback',
    'https://ams.example',
    'https://ams.example:8443/a/b/?tenant=7&x=%20',
    'https://ams.example/code=1/?codes=1&statement=code&_state=%ff&%FFcode=1&x=a%26code=1',
    'https://ams.example/?',
    'https://ams.example/?&&',
    'https://[2001:db8::1]/callback/',
    'https://[2001:DB8::1]:8443/',
    'https://AMS.example:443/',
    'https://xn--mse-ula.example/',
    "https://ams.example/~x/(a)/b;c=d/!$&'+,=:@/[]",
    'https://ams.example/.well-known/callback',
    'https://ams.example/a..b/',
    'http://127.0.0.1/callback/',
    'http://127.0.0.1:8000/authorized/',
    'http://[::1]:8000/authorized/',
    'http://localhost:8000/authorized/',
  ])('may be %s', (uri) => {
    expect(checkCallback(uri, confidential)).toBeUndefined();
  });

  it.each([
    ['', 'missing'],
    [`https://ams.example/${'a'.repeat(1981)}`, 'too_long'],
    ['https://*.ams.example/callback/', 'wildcard'],
    ['https://ams.example/*', 'wildcard'],
    ['https://ams.example/a b', 'forbidden_character'],
    [' https://ams.example/', 'forbidden_character'],
    ['https://ams.example/\n', 'forbidden_character'],
    ['https://ams.example/\u0000', 'forbidden_character'],
    ['https://ämse.example/', 'forbidden_character'],
    ['https://ams.example/\u202e', 'forbidden_character'],
    ['https:\\\\ams.example\\callback', 'forbidden_character'],
    ['https://ams.example/"><script>', 'forbidden_character'],
    ['https://ams.example/%', 'forbidden_character'],
    ['https://ams.example/%zz', 'forbidden_character'],
    ['https://ams.example/%0d%0aSet-Cookie:x', 'forbidden_character'],
    ['https://ams.example/%00', 'forbidden_character'],
    ['https://ams.example/%7F', 'forbidden_character'],
    ['https://ams.example/callback/#here', 'fragment'],
    ['https://ams.example/callback/#', 'fragment'],
    ['https://ams.example/a/../b', 'dot_segment'],
    ['https://ams.example/a/./b', 'dot_segment'],
    ['https://ams.example/a/..', 'dot_segment'],
    ['https://ams.example/a/%2e%2E/b', 'dot_segment'],
    ['https://ams.example/a/.%2e?x=1', 'dot_segment'],
    ['https://ams.example/?code=1', 'response_parameter'],
    ['https://ams.example/?tenant=7&state', 'response_parameter'],
    ['https://ams.example/?iss=https://evil.example', 'response_parameter'],
    ['https://ams.example/?error=', 'response_parameter'],
    ['https://ams.example/?error_description=x', 'response_parameter'],
    ['https://ams.example/?error_uri=x', 'response_parameter'],
    ['https://ams.example/?response=x', 'response_parameter'],
    ['https://ams.example/?access_token=x', 'response_parameter'],
    ['https://ams.example/?id_token=x', 'response_parameter'],
    ['https://ams.example/?a=1&code=1&code=2', 'response_parameter'],
    ['https://ams.example/?a=1;code=1', 'response_parameter'],
    ['https://ams.example/?a=1&;state=1', 'response_parameter'],
    ['https://ams.example/?a=1?code=1', 'response_parameter'],
    ['https://ams.example/?%63od%65=1', 'response_parameter'],
    ['https://ams.example/?error%5Furi=1', 'response_parameter'],
    ['https://ams.example/?CODE=1', 'response_parameter'],
    ['https://ams.example/?+code=1', 'response_parameter'],
    ['https://ams.example/?%20state=1', 'response_parameter'],
    ['https://ams.example/?code[]=1', 'response_parameter'],
    ['https://ams.example/?code%5B0%5D=1', 'response_parameter'],
    ['https://ams.example/?error.description=1', 'response_parameter'],
    ['https://ams.example/?error+uri=1', 'response_parameter'],
    ['/callback/', 'not_absolute'],
    ['ams.example/callback/', 'not_absolute'],
    ['//ams.example/callback/', 'not_absolute'],
    ['https://', 'not_absolute'],
    ['https:ams.example/callback/', 'not_absolute'],
    ['https:/ams.example/callback/', 'not_absolute'],
    ['https:///ams.example/callback/', 'not_absolute'],
    ['http:127.0.0.1/callback/', 'not_absolute'],
    ['https://ams.example:99999/', 'not_absolute'],
    ['https://user@ams.example/', 'user_info'],
    ['https://user:password@ams.example/', 'user_info'],
    ['https://@ams.example/', 'user_info'],
    ['https://:@ams.example/', 'user_info'],
    ['https://ams.example%40evil.example/', 'not_absolute'],
    ['https://ams.example%3Bevil.example/', 'host'],
    ['https://[fe80::1%25eth0]/', 'not_absolute'],
    ["https://'self'/", 'host'],
    ['https://./', 'dot_segment'],
    ['https://ams.example;form-action/', 'host'],
    ['https://ams.example,evil.example/', 'host'],
    ['https://ams.example./', 'host'],
    ['https://ams..example/', 'host'],
    ['https://ams.example:0/', 'host'],
    ['https://%D0%B0ms.example/', 'host'],
    ['http://0x7f.1/', 'host'],
    ['http://2130706433/', 'host'],
    ['https://[2001:db8:0:0:0:0:0:1]/', 'host'],
    ['http://ams.example/callback/', 'http'],
    ['http://127.0.0.1.ams.example/', 'http'],
    ['http://localhost.ams.example/', 'http'],
    ['http://10.0.0.1/', 'http'],
    ['javascript:alert(1)', 'scheme'],
    ['data:text/html,x', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['urn:ietf:wg:oauth:2.0:oob', 'scheme'],
    ['ftp://ams.example/', 'scheme'],
    ['com.example.app:/callback', 'scheme'],
  ])('%j is refused: %s', (uri, code) => {
    expect(codeOf(uri)).toBe(code);
  });

  it('may have 2000 characters', () => {
    expect(codeOf(`https://ams.example/${'a'.repeat(1980)}`)).toBeUndefined();
  });

  it.each(['com.example.app:/callback', 'com.example.app://callback', 'com.example-app.ios2:/x'])(
    'of a public client may be %s',
    (uri) => {
      expect(codeOf(uri, publicClient)).toBeUndefined();
    },
  );

  it.each(['app:/callback', 'app://callback', 'javascript:alert(1)', 'vbscript:x', 'blob:https://ams.example/x'])(
    'of a public client needs a reversed domain name as its scheme, unlike %s',
    (uri) => {
      expect(codeOf(uri, publicClient)).toBe('scheme');
    },
  );
});

describe('the callbacks of an application', () => {
  it('may be twenty', () => {
    const uris = Array.from({ length: 20 }, (_, index) => `https://ams.example/${index}/`);
    expect(checkCallbacks(uris, confidential)).toEqual([]);
    expect(checkCallbacks([...uris, 'https://ams.example/20/'], confidential)).toMatchObject([{ code: 'too_many' }]);
  });

  it('are all different, byte for byte', () => {
    const twice = ['https://ams.example/', 'https://ams.example/'];
    expect(checkCallbacks(twice, confidential)).toMatchObject([{ code: 'repeated' }]);
    expect(checkCallbacks(['https://ams.example/a', 'https://ams.example/a/'], confidential)).toEqual([]);
  });

  it('are checked all together', () => {
    const codes = checkCallbacks(['http://ams.example/', 'https://ams.example/', '/x'], confidential).map(
      (p) => p.code,
    );
    expect(codes).toEqual(['http', 'not_absolute']);
  });

  it('may be none: the grant type decides whether one is required', () => {
    expect(checkCallbacks([], confidential)).toEqual([]);
  });
});
