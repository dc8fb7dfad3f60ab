import { describe, expect, it } from 'vitest';
import { HashingBusy } from '../ports/password-hasher.ts';
import type { Store, User } from '../ports/store/index.ts';
import type { AuthenticationResult } from './authenticator.ts';
import { changePassword } from './change-password.ts';

const user = { id: 7, email: 'anna@club.example', passwordEpoch: 3 } as User;
const change = {
  user,
  currentPassword: 'lange Wanderung',
  newPassword: 'kurze Wanderung',
  keepSession: 'hash',
  from: '192.0.2.7',
};

function parts(door: AuthenticationResult) {
  const written: unknown[] = [];
  const asked: unknown[] = [];
  const hashed: unknown[] = [];
  const users = {
    changePassword: async (given: unknown) => {
      written.push(given);
      return 'changed';
    },
  } as unknown as Store['users'];
  const hasher = {
    hash: async (text: string, whom: unknown) => {
      hashed.push(whom);
      return `hash of ${text}`;
    },
    verify: async () => false,
    needsRehash: () => false,
  };
  const authenticate = async (attempt: unknown) => {
    asked.push(attempt);
    return door;
  };
  return { store: { users }, hasher, clock: { now: () => 500 }, authenticate, written, asked, hashed };
}

describe('changing a password', () => {
  it('replaces it and keeps the session it was done in', async () => {
    const all = parts({ outcome: 'signed_in', user });
    expect(await changePassword(all, change)).toEqual({ outcome: 'changed' });
    expect(all.written).toEqual([
      {
        userId: 7,
        passwordEpoch: 3,
        passwordHash: 'hash of kurze Wanderung',
        keepSession: 'hash',
        now: 500,
        record: {
          event: {
            at: 500,
            actor: { kind: 'user', id: 7 },
            action: 'user.password_changed',
            subject: 'user:7',
            from: '192.0.2.7',
          },
        },
      },
    ]);
  });

  it('has the current password checked as a log-in from the same network, and hashes in its share', async () => {
    const all = parts({ outcome: 'signed_in', user });
    await changePassword(all, { ...change, from: '2001:db8::7' });
    expect(all.asked).toEqual([{ email: 'anna@club.example', password: 'lange Wanderung', from: '2001:db8::7' }]);
    expect(all.hashed).toEqual([{ account: 'anna@club.example', network: '2001:db8:0:0::/64' }]);
  });

  it('hides no fault of the hasher', async () => {
    const all = parts({ outcome: 'signed_in', user });
    all.hasher.hash = () => Promise.reject(new Error('Out of memory'));
    await expect(changePassword(all, change)).rejects.toThrow('Out of memory');
  });

  it.each<AuthenticationResult>([
    { outcome: 'refused' },
    { outcome: 'throttled', retryAfterSeconds: 30 },
    { outcome: 'busy', retryAfterSeconds: 1 },
  ])('changes nothing when the door says %j', async (door) => {
    const all = parts(door);
    expect(await changePassword(all, change)).toEqual(door);
    expect(all.written).toEqual([]);
  });

  it.each([
    ['kurz', ['too_short']],
    ['password1', ['common']],
    ['lange Wanderung', ['unchanged']],
    ['Anna@Club.Example', ['same_as_email']],
  ])('refuses %j as the new one: %j', async (newPassword, problems) => {
    const all = parts({ outcome: 'signed_in', user });
    expect(await changePassword(all, { ...change, newPassword })).toEqual({ outcome: 'invalid', problems });
    expect(all.written).toEqual([]);
  });

  it('changes nothing when somebody else changed it since the door was passed', async () => {
    const all = parts({ outcome: 'signed_in', user });
    all.store.users.changePassword = async () => 'lost';
    expect(await changePassword(all, change)).toEqual({ outcome: 'refused' });
  });

  it('says when to come back if too much is waiting', async () => {
    const all = parts({ outcome: 'signed_in', user });
    all.hasher.hash = () => Promise.reject(new HashingBusy(3));
    expect(await changePassword(all, change)).toEqual({ outcome: 'busy', retryAfterSeconds: 3 });
  });
});
