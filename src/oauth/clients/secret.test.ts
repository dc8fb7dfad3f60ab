import { describe, expect, it } from 'vitest';
import { digest } from '../formats/digest.ts';
import { explainSecret, matchingSecret } from './secret.ts';

const ours = (end: string) => `insiders_secret_${'A'.repeat(39)}${end}`;
const stored = (secret: string, validUntil: number | null = null) => ({
  id: secret.slice(-4),
  hash: digest(secret),
  lastFour: secret.slice(-4),
  createdAt: 0,
  validUntil,
});
const active = [stored(ours('new1')), stored(ours('new2'))];
const secrets = [stored(ours('old0'), 1), ...active];
const explain = (presented: string | null) => explainSecret({ presented, secrets, active });

describe('a client secret that is not accepted', () => {
  it.each([
    [null, 'secret_missing', undefined],
    ['', 'secret_missing', undefined],
    [`${ours('new1')}\n`, 'secret_space', undefined],
    [` ${ours('new2')}`, 'secret_space', undefined],
    [ours('old0'), 'secret_revoked', 'ends in old0'],
    [ours('none'), 'wrong_secret', 'ends in none'],
    [ours('none').slice(0, -1), 'wrong_secret', '58 characters'],
    ['x', 'wrong_secret', '1 character, does not begin with insiders_secret_'],
  ])('as %j is %s', (presented, cause, received) => {
    const wrong = explain(presented);
    expect([wrong.cause, wrong.shown.received]).toEqual([cause, received]);
  });

  it('is compared with the ends of those that are active', () => {
    expect(explain(ours('none')).shown.expected).toEqual(['ends in new1', 'ends in new2']);
  });
});

it('a client secret is found among several', () => {
  expect(matchingSecret(active, ours('new2'))?.id).toBe('new2');
  expect(matchingSecret(active, ours('none'))).toBeUndefined();
});
