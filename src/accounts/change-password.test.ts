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

function newPorts(result: AuthenticationResult) {
  const changes: unknown[] = [];
  const attempts: unknown[] = [];
  const hashed: unknown[] = [];
  const users = {
    changePassword: async (params: unknown) => {
      changes.push(params);
      return 'changed';
    },
  } as unknown as Store['users'];
  const hasher = {
    hash: async (text: string, caller: unknown) => {
      hashed.push(caller);
      return `hash of ${text}`;
    },
    verify: async () => false,
    needsRehash: () => false,
  };
  const authenticate = async (attempt: unknown) => {
    attempts.push(attempt);
    return result;
  };
  return { store: { users }, hasher, clock: { now: () => 500 }, authenticate, changes, attempts, hashed };
}

describe('changing a password', () => {
  it('replaces the hash and keeps the session of the request', async () => {
    const ports = newPorts({ outcome: 'signed_in', user });
    expect(await changePassword(ports, change)).toEqual({ outcome: 'changed' });
    expect(ports.changes).toEqual([
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

  it('checks the current password as a login from the same network, and hashes under its limits', async () => {
    const ports = newPorts({ outcome: 'signed_in', user });
    await changePassword(ports, { ...change, from: '2001:db8::7' });
    expect(ports.attempts).toEqual([{ email: 'anna@club.example', password: 'lange Wanderung', from: '2001:db8::7' }]);
    expect(ports.hashed).toEqual([{ account: 'anna@club.example', network: '2001:db8:0:0::/64' }]);
  });

  it('passes on unexpected errors of the hasher', async () => {
    const ports = newPorts({ outcome: 'signed_in', user });
    ports.hasher.hash = () => Promise.reject(new Error('Out of memory'));
    await expect(changePassword(ports, change)).rejects.toThrow('Out of memory');
  });

  it.each<AuthenticationResult>([
    { outcome: 'refused' },
    { outcome: 'throttled', retryAfterSeconds: 30 },
    { outcome: 'busy', retryAfterSeconds: 1 },
  ])('changes nothing when the authenticator returns %j', async (result) => {
    const ports = newPorts(result);
    expect(await changePassword(ports, change)).toEqual(result);
    expect(ports.changes).toEqual([]);
  });

  it.each([
    ['kurz', ['too_short']],
    ['password1', ['common']],
    ['lange Wanderung', ['unchanged']],
    ['Anna@Club.Example', ['same_as_email']],
  ])('refuses %j as the new one: %j', async (newPassword, problems) => {
    const ports = newPorts({ outcome: 'signed_in', user });
    expect(await changePassword(ports, { ...change, newPassword })).toEqual({ outcome: 'invalid', problems });
    expect(ports.changes).toEqual([]);
  });

  it('is refused when another change won after the current password was checked', async () => {
    const ports = newPorts({ outcome: 'signed_in', user });
    ports.store.users.changePassword = async () => 'lost';
    expect(await changePassword(ports, change)).toEqual({ outcome: 'refused' });
  });

  it('returns busy with the time to wait when the hasher is busy', async () => {
    const ports = newPorts({ outcome: 'signed_in', user });
    ports.hasher.hash = () => Promise.reject(new HashingBusy(3));
    expect(await changePassword(ports, change)).toEqual({ outcome: 'busy', retryAfterSeconds: 3 });
  });
});
