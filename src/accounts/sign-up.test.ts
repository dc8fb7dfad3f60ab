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
  it('is read into what is stored', () => {
    expect(readSignUp(form)).toEqual({
      fields: { firstName: 'Anna', lastName: 'Keller', email: 'anna@club.example', password: 'lange Wanderung' },
    });
  });

  it.each(['José', "O'Brien-Smith", '李小龍', 'نازنین\u200cزهرا', 'Jr. 3'])('takes the name %j', (firstName) => {
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
  ])('says of the field %s with %j: %s', (field, value, code) => {
    expect(readSignUp({ ...form, [field]: value })).toEqual({ problems: [{ field, code }] });
  });

  it('lists everything that is wrong at once, in the order of the fields', () => {
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
  function parts(outcome: 'created' | 'taken', throttled = false) {
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
    const all = parts('created');
    expect(await signUp(all, form, '192.0.2.7')).toMatchObject({
      outcome: 'created',
      user: { email: 'anna@club.example' },
    });
    expect(all.created).toEqual([
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

  it('counts in the bucket of the network, however it is written, and not before the form is right', async () => {
    const all = parts('created');
    await signUp(all, { ...form, email: '' }, '192.0.2.7');
    expect(all.admitted).toEqual([]);
    await signUp(all, form, '::ffff:192.0.2.7');
    expect(all.admitted).toEqual([{ buckets: [signUpBucket('192.0.2.7')], at: 500 }]);
  });

  it('hashes the password in the share of the address and of the network', async () => {
    const all = parts('created');
    const hashed: unknown[] = [];
    const hash = async (text: string, whom: unknown) => {
      hashed.push([text, whom]);
      return 'hash';
    };
    await signUp({ ...all, hasher: { ...all.hasher, hash } }, form, '2001:db8::7');
    expect(hashed).toEqual([['lange Wanderung', { account: 'anna@club.example', network: '2001:db8:0:0::/64' }]]);
  });

  it('hides no fault of the hasher', async () => {
    const all = parts('created');
    all.hasher.hash = () => Promise.reject(new Error('Out of memory'));
    await expect(signUp(all, form, '192.0.2.7')).rejects.toThrow('Out of memory');
  });

  it('says that the address is taken', async () => {
    const problems = [{ field: 'email', code: 'taken' }];
    expect(await signUp(parts('taken'), form, '192.0.2.7')).toEqual({ outcome: 'invalid', problems });
  });

  it('creates nobody from a form with problems, or when too many sign up from one network', async () => {
    const all = parts('created', true);
    expect(await signUp(all, { ...form, email: '' }, '192.0.2.7')).toMatchObject({ outcome: 'invalid' });
    expect(await signUp(all, form, '192.0.2.7')).toEqual({ outcome: 'throttled', retryAfterSeconds: 60 });
    expect(all.created).toEqual([]);
  });

  it('says when to come back if too much is waiting', async () => {
    const all = parts('created');
    all.hasher.hash = () => Promise.reject(new HashingBusy(3));
    expect(await signUp(all, form, '192.0.2.7')).toEqual({ outcome: 'busy', retryAfterSeconds: 3 });
  });
});
