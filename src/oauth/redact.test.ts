import { describe, expect, it } from 'vitest';
import { redactUri, redactValue } from './redact.ts';

const registered = ['https://ams.example/callback/?tenant=7'];

describe('a redirect URI that is shown', () => {
  it.each([
    ['https://ams.example/callback', 'https://ams.example/callback'],
    ['http://ams.example:8000/Callback/', 'http://ams.example:8000/Callback/'],
    ['https://ams.example/callback/?tenant=7', 'https://ams.example/callback/?tenant=7'],
    ['https://ams.example/callback/?tenant=7&code=abc', 'https://ams.example/callback/?tenant=7&code=…'],
    ['https://ams.example/?secret=hunter2&x', 'https://ams.example/?secret=…&x'],
    ['https://anna:hunter2@ams.example/', 'https://…@ams.example/'],
    ['https://ams.example/#access_token=abc', 'https://ams.example/#…'],
    ['https://ams.example/#abc\ndef', 'https://ams.example/#…'],
    ['https://ams.example/#', 'https://ams.example/#…'],
    ['https://ams.example/?a=b#c?d', 'https://ams.example/?a=…#…'],
    ['HTTPS://anna@ams.example/', 'HTTPS://…@ams.example/'],
    ['com.example.app2://anna@x/', 'com.example.app2://…@x/'],
    ['https://ams.example/@anna', 'https://ams.example/@anna'],
    ['https://ams.example/?a=b=c&', 'https://ams.example/?a=…&'],
    [`https://ams.example/?${'n'.repeat(40)}=1`, `https://ams.example/?${'n'.repeat(40)}=…`],
    [`https://ams.example/?${'n'.repeat(41)}=1`, 'https://ams.example/?…=…'],
    [`https://ams.example/?${'n'.repeat(41)}`, 'https://ams.example/?…'],
    [`https://ams.example/${'a'.repeat(40)}`, `https://ams.example/${'a'.repeat(40)}`],
    [`https://${'a'.repeat(41)}.example/`, `https://${'a'.repeat(41)}.example/`],
    [`https://ams.example/${'a'.repeat(41)}/x`, 'https://ams.example/…/x'],
    ['com.example.app:/callback', 'com.example.app:/callback'],
    ['ams.example/callback', '20 characters, without a scheme such as https://'],
    ['anna:hunter2', '12 characters, without a scheme such as https://'],
  ])('has nothing in it that could be a secret: %s', (given, shown) => {
    expect(redactUri(given, registered)).toBe(shown);
  });

  it('is shown whole if it is registered, even with a fragment or user info', () => {
    const odd = 'https://anna@ams.example/?a=1#x';
    expect(redactUri(odd, [...registered, odd])).toBe(odd);
    expect(redactUri('https://ams.example/?tenant=7', ['https://ams.example/'])).toBe('https://ams.example/?tenant=…');
  });

  it('is cut off where it is endless', () => {
    expect(redactUri(`https://ams.example/${'a/'.repeat(5000)}`, registered)).toHaveLength(600);
  });
});

describe('a value of a parameter that is shown', () => {
  it.each([
    ['openid offline_access', 'openid offline_access'],
    ['urn:ietf:params:oauth:grant-type:token-exchange', 'urn:ietf:params:oauth:grant-type:token-exchange'],
    ['Authorization-Code', 'Authorization-Code'],
    ['plain', 'plain'],
  ])('has the words of the protocol, as they were sent: %j', (given, shown) => {
    expect(redactValue(given)).toBe(shown);
  });

  it.each([
    ['correct horse battery', '(7 characters) (5 characters) (7 characters)'],
    ['hunter22 all', '(8 characters) all'],
    ['insiders_secret_abc', '(19 characters)'],
    ['anna@club.example', '(17 characters)'],
    ['x', '(1 character)'],
    ['\u{1f600}\u202e', '(2 characters)'],
    ['', ''],
  ])('tells only the length of every other word, which may be a secret: %j', (given, shown) => {
    expect(redactValue(given)).toBe(shown);
  });

  it('is cut off after ten words', () => {
    expect(redactValue('all '.repeat(11))).toBe(`${'all '.repeat(10)}…`);
  });
});
