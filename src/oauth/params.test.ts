import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { causeOf, refused } from '../../test/support/oauth-fakes.ts';
import { OAuthError } from './errors/oauth-error.ts';
import { parseLongParams, parseParams, refuseRepeated, required } from './params.ts';

describe('parameters (RFC 6749 appendix B)', () => {
  it.each([
    ['a=b', 'b'],
    ['a=b+c', 'b c'],
    ['a=b%2Bc', 'b+c'],
    ['a=b%20c', 'b c'],
    ['a=%C3%A9', 'é'],
    ['x=1&a=b&y=2', 'b'],
    ['a=b=c', 'b=c'],
  ])('are decoded once: %j', (text, value) => {
    expect(parseParams(text).get('a')).toBe(value);
  });

  it('may be empty between two separators', () => {
    const params = parseParams('&&a=1&&ab&');
    expect([params.get('a'), params.get('ab'), params.repeated.size]).toEqual(['1', undefined, 0]);
  });

  it.each(['a=', 'a', '', 'ab'])('are absent with an empty value: %j', (text) => {
    expect(parseParams(text).get('a')).toBeUndefined();
  });

  it.each(['a=%', 'a=%ZZ', 'a=%C3%28', '%=1', 'a=%00%', 'a=%C3%00'])('are refused: %j', async (text) => {
    expect(await causeOf(() => parseParams(text))).toBe('malformed');
  });

  it.each(['a=\0', '\0=1', 'a=%00', 'a=+\0', 'a%00b=1', '%00'])(
    'are refused with a NUL character: %j',
    async (text) => {
      expect(await causeOf(() => parseParams(text))).toBe('nul_character');
    },
  );

  it('are read as they were encoded, for any text', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0') && value !== '');
    fc.assert(
      fc.property(text, (value) => {
        expect(parseParams(new URLSearchParams({ a: value }).toString()).get('a')).toBe(value);
      }),
    );
  });

  it('are never refused with another error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        try {
          parseParams(text);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(OAuthError);
        }
      }),
    );
  });

  it('are refused if repeated, even with an empty value (RFC 6749 3.1)', async () => {
    const params = parseParams('code=1&b=2&code=&state=3&state=3');
    expect([...params.repeated]).toEqual(['code', 'state']);
    expect(await refused(() => refuseRepeated(params))).toMatchObject({
      row: { error: 'invalid_request' },
      cause: 'parameter_repeated',
      shown: { received: 'code state' },
    });
    const descriptionOf = async (text: string) =>
      (await refused(() => refuseRepeated(parseParams(text)))).responseAt('token').description;
    expect(await descriptionOf('a=1&a=1&state=1&state=2')).toBe('The request repeats the parameter state');
    expect(await descriptionOf('hunter2&hunter2')).toBe('The request repeats a parameter');
    expect(() => refuseRepeated(parseParams('a=1&b=1'))).not.toThrow();
  });

  it('are shown if repeated, unless the name may be a secret', async () => {
    const repeated = (name: string) => refused(() => refuseRepeated(parseParams(`${name}=1&${name}=1`)));
    expect((await repeated('hunter2')).shown.received).toBe('(7 characters)');
    expect((await repeated('code_verifier')).shown.received).toBe('code_verifier');
  });

  it('are required, or refused with the missing name', async () => {
    const error = await refused(() => required(parseParams('code='), 'code'));
    expect(error).toMatchObject({ cause: 'parameter_missing', shown: { expected: ['code'] } });
    expect(error.responseAt('token').description).toBe('The parameter code is missing');
    expect(required(parseParams('code=1'), 'code')).toBe('1');
  });

  it('are at most a thousand', async () => {
    const thousand = Array.from({ length: 1000 }, (_, index) => `a${index}=1`).join('&');
    expect(parseParams(thousand).get('a999')).toBe('1');
    expect(await causeOf(() => parseParams(`${thousand}&b=1`))).toBe('too_many_parameters');
    expect(await causeOf(() => parseParams('&'.repeat(1_000_000)))).toBe('too_many_parameters');
  });
});

describe('parameters of megabytes', () => {
  const noPause = async () => {};
  /** Texts in which each encoded character of one to four bytes lies across the end of a step in turn. */
  const shifted = Array.from({ length: 13 }, (_, index) => `${'a'.repeat(index)}${'é+🦊,x€ '.repeat(20_000)}`);

  it.each(shifted.map((text, index) => [index, text] as const))(
    'are read as they were encoded (%i)',
    async (_, value) => {
      const sent = new URLSearchParams({ first: '1', value, last: '2' }).toString();
      const params = await parseLongParams(sent, noPause);
      expect([params.get('first'), params.get('value') === value, params.get('last')]).toEqual(['1', true, '2']);
    },
  );

  it('are decoded in steps with pauses', async () => {
    let pauses = 0;
    await parseLongParams(`a=${'%0A'.repeat(700_000)}`, async () => {
      pauses += 1;
    });
    expect(pauses).toBeGreaterThan(30);
  });

  it.each(['%', '%C3', '%C3%28', '%80', '%80%80%80%80%80', '\0'])('are refused with %j in any step', async (wrong) => {
    const around = 'x'.repeat(64 * 1024 - 4);
    for (const text of [
      `a=${around}${wrong}${around}`,
      `a=${around}xx${wrong}${around}`,
      `a=${wrong}${around}xxxxxx`,
    ]) {
      expect(await causeOf(() => parseLongParams(text, noPause))).toBe(wrong === '\0' ? 'nul_character' : 'malformed');
    }
  });
});
