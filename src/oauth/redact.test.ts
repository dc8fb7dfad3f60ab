import { describe, expect, it } from 'vitest';
import { redactUri, redactValue } from './redact.ts';

const registered = ['https://ams.example/callback/?tenant=7'];

describe('a masked redirect URI', () => {
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
  ])('contains no text that may be a secret: %s', (sent, shown) => {
    expect(redactUri(sent, registered)).toBe(shown);
  });

  it('is the whole URI if it is registered, even with a fragment or user info', () => {
    const withUserInfo = 'https://anna@ams.example/?a=1#x';
    expect(redactUri(withUserInfo, [...registered, withUserInfo])).toBe(withUserInfo);
    expect(redactUri('https://ams.example/?tenant=7', ['https://ams.example/'])).toBe('https://ams.example/?tenant=…');
  });

  it('is cut off after 600 characters', () => {
    expect(redactUri(`https://ams.example/${'a/'.repeat(5000)}`, registered)).toHaveLength(600);
  });
});

describe('a masked value of a parameter', () => {
  it.each([
    ['openid offline_access', 'openid offline_access'],
    ['urn:ietf:params:oauth:grant-type:token-exchange', 'urn:ietf:params:oauth:grant-type:token-exchange'],
    ['Authorization-Code', 'Authorization-Code'],
    ['plain', 'plain'],
  ])('has the words of the protocol unchanged: %j', (sent, shown) => {
    expect(redactValue(sent)).toBe(shown);
  });

  it.each([
    ['correct horse battery', '(7 characters) (5 characters) (7 characters)'],
    ['hunter22 all', '(8 characters) all'],
    ['insiders_secret_abc', '(19 characters)'],
    ['anna@club.example', '(17 characters)'],
    ['x', '(1 character)'],
    ['\u{1f600}\u202e', '(2 characters)'],
    ['', ''],
  ])('has only the length of any other word, which may be a secret: %j', (sent, shown) => {
    expect(redactValue(sent)).toBe(shown);
  });

  it('is cut off after ten words', () => {
    expect(redactValue('all '.repeat(11))).toBe(`${'all '.repeat(10)}…`);
  });
});
