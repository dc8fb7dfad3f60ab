import { describe, expect, it } from 'vitest';
import { digest } from '../formats/digest.ts';
import { explainSecret, matchingSecret } from './secret.ts';

const secretWith = (end: string) => `insiders_secret_${'A'.repeat(39)}${end}`;
const stored = (secret: string, validUntil: number | null = null) => ({
  id: secret.slice(-4),
  hash: digest(secret),
  lastFour: secret.slice(-4),
  createdAt: 0,
  validUntil,
});
const active = [stored(secretWith('new1')), stored(secretWith('new2'))];
const secrets = [stored(secretWith('old0'), 1), ...active];
const explain = (presented: string | null) => explainSecret({ presented, secrets, active });

describe('a client secret that is not accepted', () => {
  it.each([
    [null, 'secret_missing', undefined],
    ['', 'secret_missing', undefined],
    [`${secretWith('new1')}\n`, 'secret_space', undefined],
    [` ${secretWith('new2')}`, 'secret_space', undefined],
    [secretWith('old0'), 'secret_revoked', 'ends in old0'],
    [secretWith('none'), 'wrong_secret', 'ends in none'],
    [secretWith('none').slice(0, -1), 'wrong_secret', '58 characters'],
    ['x', 'wrong_secret', '1 character, does not begin with insiders_secret_'],
  ])('is %j: %s', (presented, cause, received) => {
    const error = explain(presented);
    expect([error.cause, error.shown.received]).toEqual([cause, received]);
  });

  it('is shown with the ends of the active ones', () => {
    expect(explain(secretWith('none')).shown.expected).toEqual(['ends in new1', 'ends in new2']);
  });
});

it('a client secret is found among several', () => {
  expect(matchingSecret(active, secretWith('new2'))?.id).toBe('new2');
  expect(matchingSecret(active, secretWith('none'))).toBeUndefined();
});
