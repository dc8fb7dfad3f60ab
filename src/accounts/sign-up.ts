import type { Clock } from '../ports/clock.ts';
import { HashingBusy, type PasswordHasher } from '../ports/password-hasher.ts';
import type { Store, User } from '../ports/store/index.ts';
import { normaliseEmail } from './email.ts';
import { type NameProblem, readName } from './names.ts';
import { networkOf } from './network.ts';
import { checkPassword, type PasswordProblem } from './password.ts';
import { secondsUntil, signUpBucket } from './throttle.ts';

/** The fields of the form, as they were typed. */
export interface SignUpForm {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly password: string;
}

export type SignUpProblem =
  | { readonly field: 'firstName' | 'lastName'; readonly code: NameProblem }
  | { readonly field: 'email'; readonly code: 'required' | 'invalid' | 'taken' }
  | { readonly field: 'password'; readonly code: 'required' | PasswordProblem };

export type SignUpResult =
  | { readonly outcome: 'created'; readonly user: User }
  | { readonly outcome: 'invalid'; readonly problems: readonly SignUpProblem[] }
  | { readonly outcome: 'throttled' | 'busy'; readonly retryAfterSeconds: number };

/** Normalises the fields for storage, or lists everything that is wrong with them, in the order of the form. */
export function readSignUp(
  form: SignUpForm,
): { readonly fields: SignUpForm } | { readonly problems: readonly SignUpProblem[] } {
  const first = readName(form.firstName);
  const last = readName(form.lastName);
  const email = normaliseEmail(form.email);
  const problems: SignUpProblem[] = [];
  if ('problem' in first) problems.push({ field: 'firstName', code: first.problem });
  if ('problem' in last) problems.push({ field: 'lastName', code: last.problem });
  if (email === null) problems.push({ field: 'email', code: form.email.trim() === '' ? 'required' : 'invalid' });
  problems.push(...passwordProblems(form.password, email ?? ''));
  if ('problem' in first || 'problem' in last || email === null || problems.length > 0) return { problems };
  return { fields: { firstName: first.name, lastName: last.name, email, password: form.password } };
}

function passwordProblems(password: string, email: string): readonly SignUpProblem[] {
  if (password === '') return [{ field: 'password', code: 'required' }];
  return checkPassword(password, { email }).map((code) => ({ field: 'password', code }));
}

/**
 * Creates an account. Of several parallel sign-ups with one address exactly one returns `created`, the others return
 * the problem `taken`. `from` is the network address. Rejects with `StoreUnavailable`.
 */
export async function signUp(
  ports: {
    readonly store: Pick<Store, 'users' | 'throttles'>;
    readonly hasher: PasswordHasher;
    readonly clock: Clock;
  },
  form: SignUpForm,
  from: string,
): Promise<SignUpResult> {
  const { store, hasher, clock } = ports;
  const read = readSignUp(form);
  if ('problems' in read) return { outcome: 'invalid', problems: read.problems };
  const now = clock.now();
  const network = networkOf(from);
  const admission = await store.throttles.admit([signUpBucket(network)], now);
  if (admission.outcome === 'throttled') {
    return { outcome: 'throttled', retryAfterSeconds: secondsUntil(admission.retryAt, now) };
  }
  const { password, ...person } = read.fields;
  try {
    // Hash before the store checks whether the address is taken: both results take the same time.
    const passwordHash = await hasher.hash(password, { account: person.email, network });
    const entry = { actor: 'self', action: 'user.signed_up', from } as const;
    const created = await store.users.create({ ...person, passwordHash, administratorRole: null, now, entry });
    if (created.outcome === 'created') return created;
    return { outcome: 'invalid', problems: [{ field: 'email', code: 'taken' }] };
  } catch (error) {
    if (!(error instanceof HashingBusy)) throw error;
    return { outcome: 'busy', retryAfterSeconds: error.retryAfterSeconds };
  }
}
