import { describe, expect, it } from 'vitest';
import { admin } from './admin.ts';
import { counted } from './counted.ts';

describe('a count with its noun', () => {
  it('is singular for 1, and has thousands separators', () => {
    expect([0, 1, 2, 1204].map((count) => counted(count, 'device', 'devices'))).toEqual([
      '0 devices',
      '1 device',
      '2 devices',
      '1,204 devices',
    ]);
  });
});

describe('the console', () => {
  const { application, grant, user, device } = admin;
  const sentences = (count: number) =>
    [
      application.impactText(count, 'never'),
      ...application.suspendEffects(count),
      ...application.resumeEffects(count),
      ...application.revokeEffects(count),
      ...grant.effects(count, 'never', 'A', 'B'),
      user.devices(count),
      ...user.disableEffects(count, count),
      ...user.sessionsEffects(count),
      ...user.authorizationsEffects(count),
      device.fresh(count),
      device.known(count),
      device.done(count, count),
    ].filter((sentence) => /\b(1|1,204) /.test(sentence));

  const plurals =
    /\b1 (\w+ )?(are|were|end|get|stay)\b|\b1 (\w+ )?(users|authorizations|browsers|applications|log-?ins|devices)\b/;

  it('uses the singular for 1 and the plural otherwise', () => {
    expect(sentences(1).filter((sentence) => plurals.test(sentence))).toEqual([]);
    expect(sentences(1204)).toHaveLength(sentences(1).length);
    for (const sentence of sentences(1204)) expect(sentence).toMatch(/\b1,204 /);
    expect(user.disableEffects(1, 2)[0]).toBe('They are logged out of 1 browser and cannot log in.');
    expect(device.done(3, 1)).toBe('3 devices were registered; 1 was known already.');
  });
});
