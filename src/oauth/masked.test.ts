import { describe, expect, it } from 'vitest';
import { maskUri, maskValue } from './masked.ts';

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
    [`https://ams.example/${'a'.repeat(41)}/x`, 'https://ams.example/…/x'],
  ])('has nothing in it that could be a secret: %s', (given, shown) => {
    expect(maskUri(given, registered)).toBe(shown);
  });

  it('is cut off where it is endless', () => {
    expect(maskUri(`https://ams.example/${'a/'.repeat(5000)}`, registered)).toHaveLength(600);
  });
});

describe('a value of a parameter that is shown', () => {
  it.each([
    ['openid offline_access', 'openid offline_access'],
    ['urn:ietf:params:oauth:grant-type:token-exchange', 'urn:ietf:params:oauth:grant-type:token-exchange'],
    ['https://www.googleapis.com/auth/userinfo.profile', 'https://www.googleapis.com/auth/userinfo.profile'],
    ['client\u0000_\u202ecredentials\r\n', 'client_credentials '],
    ['insiders_secret_abc all', '… all'],
    ['anna@club.example', '…'],
    ['a'.repeat(41), '…'],
    ['\u{1f600}'.repeat(20), '\u{1f600}'.repeat(20)],
  ])('has no control characters and nothing that may be a credential: %j', (given, shown) => {
    expect(maskValue(given)).toBe(shown);
  });

  it('is cut off after 100 characters, and never within one', () => {
    expect(maskValue('\u{1f600}.'.repeat(100))).toBe(`${'\u{1f600}.'.repeat(50)}…`);
  });
});
