import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseEmail } from './email.ts';

describe('an email address', () => {
  it.each([
    ['anna@club.example', 'anna@club.example'],
    ['  Anna.Keller@Club.EXAMPLE ', 'anna.keller@club.example'],
    ["o'neil+tag@mail.club.example", "o'neil+tag@mail.club.example"],
    ['u\u0308ber@club.example', '\u00fcber@club.example'],
    ['anna@m\u00fcller.example', 'anna@xn--mller-kva.example'],
    ['anna@xn--mller-kva.example', 'anna@xn--mller-kva.example'],
    ["!#$%&'*+/=?^_`{|}~-@club.example", "!#$%&'*+/=?^_`{|}~-@club.example"],
    ['a@b.c', 'a@b.c'],
    ['a@1.b2', 'a@1.b2'],
    ['a@3com.example', 'a@3com.example'],
    ['a@x--y.example', 'a@x--y.example'],
    ['анна@club.example', 'анна@club.example'],
    ['a.анна@club.example', null],
    ['a@почта.example', 'a@xn--80a1acny.example'],
    ['анна@почта.рф', 'анна@xn--80a1acny.xn--p1ai'],
  ])('%j is stored as %j', (text, normal) => {
    expect(normaliseEmail(text)).toBe(normal);
  });

  it.each([
    ['nothing', ''],
    ['no at', 'anna.club.example'],
    ['two ats', 'anna@x@club.example'],
    ['no local part', '@club.example'],
    ['no domain', 'anna@'],
    ['a domain without a dot', 'anna@gmail'],
    ['a trailing dot', 'anna@club.example.'],
    ['an empty label', 'anna@club..example'],
    ['two dots in the local part', 'an..na@club.example'],
    ['a leading dot', '.anna@club.example'],
    ['a hyphen at the edge of a label', 'anna@-club.example'],
    ['an underscore in the domain', 'anna@cl_ub.example'],
    ['an IP address', 'anna@127.0.0.1'],
    ['an IP address in brackets', 'anna@[127.0.0.1]'],
    ['quotes', '"anna k"@club.example'],
    ['an inner space', 'anna k@club.example'],
    ['an outer tab', '\tanna@club.example'],
    ['a line end', 'anna@club.example\nbcc:x@y.example'],
    ['NUL', 'anna\0@club.example'],
    ['a zero width space', 'an\u200bna@club.example'],
    ['a bidi override', 'anna\u202e@club.example'],
    ['a Hangul filler', 'anna\u3164@club.example'],
    ['a full-width letter', '\uff41nna@club.example'],
    ['a ligature', '\ufb01na@club.example'],
    ['a Cyrillic letter among Latin ones', '\u0430nna@club.example'],
    ['a Cyrillic letter among Latin ones in the domain', 'anna@\u0441lub.example'],
    ['half a surrogate pair', 'anna\ud800@club.example'],
    ['a long local part', `${'a'.repeat(65)}@club.example`],
    ['a number as its top level', 'anna@club.123'],
    ['a colon in the domain', 'anna@club.example:80'],
    ['a path in the domain', 'anna@club.example/x'],
    ['a backslash in the domain', 'anna@club.example\\x'],
    ['a query in the domain', 'anna@club.example?x'],
    ['a fragment in the domain', 'anna@club.example#x'],
    ['a percent sign in the domain', 'anna@cl%75b.example'],
    ['a tab in the domain', 'anna@cl\tub.example'],
    ['an inner space in the domain', 'anna@cl ub.example'],
    ['a hyphen at the end of a label', 'anna@club-.example'],
    ['a comma', 'anna,k@club.example'],
    ['a trailing dot before the @', 'anna.@club.example'],
    ['a Greek letter among Latin ones', '\u03bfnna@club.example'],
    ['a Greek letter among Latin ones in the domain', 'anna@\u03bflub.example'],
    ['an invisible character in the domain', 'anna@cl\u00adub.example'],
    ['a long domain', `anna@${'a.'.repeat(130)}example`],
  ])('with %s is refused', (_what, text) => {
    expect(normaliseEmail(text)).toBeNull();
  });

  const labels = `${'d'.repeat(63)}.`.repeat(4);
  /** A domain of so many octets, with labels of at most 63. */
  const domainOf = (octets: number) => `${labels.slice(2 - octets)}ex`;

  it.each([
    ['64 octets before the @', `${'a'.repeat(64)}@club.example`, `${'a'.repeat(65)}@club.example`],
    ['64 octets of two each', `${'\u00fc'.repeat(32)}@club.example`, `${'\u00fc'.repeat(32)}a@club.example`],
    ['63 octets in a label', `a@${'d'.repeat(63)}.example`, `a@${'d'.repeat(64)}.example`],
    ['254 octets, and so 252 in the domain', `a@${domainOf(252)}`, `a@${domainOf(253)}`],
    [
      '254 octets, not characters',
      `${'\u00fc'.repeat(32)}@${domainOf(189)}`,
      `${'\u00fc'.repeat(32)}@${domainOf(190)}`,
    ],
    ['254 octets with a long local part', `${'a'.repeat(64)}@${domainOf(189)}`, `${'a'.repeat(64)}@${domainOf(190)}`],
  ])('has at most %s', (_what, longest, longer) => {
    expect(normaliseEmail(longest)).toBe(longest);
    expect(normaliseEmail(longer)).toBeNull();
  });

  it('does not change when it is normalised again', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.emailAddress(),
          fc.string({ unit: 'grapheme' }).map((text) => `${text}@club.example`),
        ),
        (text) => {
          const once = normaliseEmail(text);
          expect(once === null ? null : normaliseEmail(once)).toBe(once);
        },
      ),
    );
  });

  it('is refused without further work when it is huge', () => {
    expect(normaliseEmail(`${'a'.repeat(100_000)}@club.example`)).toBeNull();
    expect(normaliseEmail(' '.repeat(100_000))).toBeNull();
  });
});
