import { describe, expect, it } from 'vitest';
import { HashingBusy } from '../ports/password-hasher.ts';
import type { Bucket, NewUser, Store } from '../ports/store/index.ts';
import { readSignUp, type SignUpForm, signUp } from './sign-up.ts';
import { signUpBucket } from './throttle.ts';

const form: SignUpForm = {
  firstName: ' Anna ',
  lastName: 'Keller',
  email: 'Anna@Club.Example',
  password: 'lange Wanderung',
};

describe('the sign-up form', () => {
  it('is normalised for storage', () => {
    expect(readSignUp(form)).toEqual({
      fields: { firstName: 'Anna', lastName: 'Keller', email: 'anna@club.example', password: 'lange Wanderung' },
    });
  });

  it.each(['José', "O'Brien-Smith", '李小龍', 'نازنین\u200cزهرا', 'Jr. 3'])('accepts the name %j', (firstName) => {
    expect(readSignUp({ ...form, firstName })).toMatchObject({ fields: { firstName } });
  });

  it.each([
    ['firstName', '', 'required'],
    ['firstName', '   ', 'required'],
    ['lastName', 'x'.repeat(101), 'too_long'],
    ['lastName', 'Kel\u202eler', 'unsupported_character'],
    ['lastName', 'Kel\nler', 'unsupported_character'],
    ['lastName', 'Kel\0ler', 'unsupported_character'],
    ['lastName', '---', 'unsupported_character'],
    ['lastName', 'half \ud800 a pair', 'unsupported_character'],
    ['email', '', 'required'],
    ['email', '  ', 'required'],
    ['email', 'anna@gmail', 'invalid'],
    ['password', '', 'required'],
    ['password', 'kurz', 'too_short'],
    ['password', 'anna@club.example', 'same_as_email'],
  ])('reports for the field %s with %j: %s', (field, value, code) => {
    expect(readSignUp({ ...form, [field]: value })).toEqual({ problems: [{ field, code }] });
  });

  it('lists all problems at once, in the order of the fields', () => {
    const read = readSignUp({ firstName: '', lastName: '', email: '', password: '' });
    expect('problems' in read && read.problems.map(({ field }) => field)).toEqual([
      'firstName',
      'lastName',
      'email',
      'password',
    ]);
  });
});

describe('signing up', () => {
  function newPorts(outcome: 'created' | 'taken', throttled = false) {
    const created: NewUser[] = [];
    const admitted: unknown[] = [];
    const store = {
      users: {
        create: async (user: NewUser) => {
          created.push(user);
          const { passwordHash: _, now, ...rest } = user;
          return outcome === 'taken'
            ? { outcome }
            : { outcome, user: { ...rest, id: 1, createdAt: now, disabledAt: null, passwordEpoch: 0 } };
        },
      } as unknown as Store['users'],
      throttles: {
        admit: async (buckets: readonly Bucket[], at: number) => {
          admitted.push({ buckets, at });
          return throttled ? { outcome: 'throttled', key: 'x', retryAt: 60_500 } : { outcome: 'admitted' };
        },
      } as unknown as Store['throttles'],
    };
    const hasher = {
      hash: async (text: string) => `hash of ${text}`,
      verify: async () => false,
      needsRehash: () => false,
    };
    return { store, hasher, clock: { now: () => 500 }, created, admitted };
  }

  it('creates a user without any role, with a hash of the password', async () => {
    const ports = newPorts('created');
    expect(await signUp(ports, form, '192.0.2.7')).toMatchObject({
      outcome: 'created',
      user: { email: 'anna@club.example' },
    });
    expect(ports.created).toEqual([
      {
        email: 'anna@club.example',
        firstName: 'Anna',
        lastName: 'Keller',
        passwordHash: 'hash of lange Wanderung',
        administratorRole: null,
        now: 500,
        entry: { actor: 'self', action: 'user.signed_up', from: '192.0.2.7' },
      },
    ]);
  });

  it('counts in the bucket of the network, in any spelling, and only when the form is valid', async () => {
    const ports = newPorts('created');
    await signUp(ports, { ...form, email: '' }, '192.0.2.7');
    expect(ports.admitted).toEqual([]);
    await signUp(ports, form, '::ffff:192.0.2.7');
    expect(ports.admitted).toEqual([{ buckets: [signUpBucket('192.0.2.7')], at: 500 }]);
  });

  it('hashes the password under the limits of the address and of the network', async () => {
    const ports = newPorts('created');
    const hashed: unknown[] = [];
    const hash = async (text: string, caller: unknown) => {
      hashed.push([text, caller]);
      return 'hash';
    };
    await signUp({ ...ports, hasher: { ...ports.hasher, hash } }, form, '2001:db8::7');
    expect(hashed).toEqual([['lange Wanderung', { account: 'anna@club.example', network: '2001:db8:0:0::/64' }]]);
  });

  it('passes on unexpected errors of the hasher', async () => {
    const ports = newPorts('created');
    ports.hasher.hash = () => Promise.reject(new Error('Out of memory'));
    await expect(signUp(ports, form, '192.0.2.7')).rejects.toThrow('Out of memory');
  });

  it('reports that the address is taken', async () => {
    const problems = [{ field: 'email', code: 'taken' }];
    expect(await signUp(newPorts('taken'), form, '192.0.2.7')).toEqual({ outcome: 'invalid', problems });
  });

  it('creates no user from an invalid form, or when too many sign up from one network', async () => {
    const ports = newPorts('created', true);
    expect(await signUp(ports, { ...form, email: '' }, '192.0.2.7')).toMatchObject({ outcome: 'invalid' });
    expect(await signUp(ports, form, '192.0.2.7')).toEqual({ outcome: 'throttled', retryAfterSeconds: 60 });
    expect(ports.created).toEqual([]);
  });

  it('returns busy with the time to wait when the hasher is busy', async () => {
    const ports = newPorts('created');
    ports.hasher.hash = () => Promise.reject(new HashingBusy(3));
    expect(await signUp(ports, form, '192.0.2.7')).toEqual({ outcome: 'busy', retryAfterSeconds: 3 });
  });
});
