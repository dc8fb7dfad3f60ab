import { randomBytes } from 'node:crypto';
import type {
  Application,
  NewApplication,
  NewFamily,
  PresentedRefreshToken,
  Store,
  User,
} from '../../../src/ports/store/index.ts';
import { aChangeRecord, aUserEntry } from '../../support/change-records.ts';

/** The moment at which the tests take place, in milliseconds since 1970. */
export const now = Date.UTC(2026, 4, 1, 12);

export const minute = 60_000;

/** A text nothing else has. */
export function unique(): string {
  return randomBytes(16).toString('base64url');
}

export async function makeUser(store: Store, email = `${unique()}@example.org`): Promise<User> {
  const made = await store.users.create({
    email,
    passwordHash: 'hash 1',
    firstName: 'Ada',
    lastName: 'Keller',
    administratorRole: null,
    now,
    entry: aUserEntry,
  });
  if (made.outcome === 'taken') throw new Error('The address is taken');
  return made.user;
}

export function newApplication(change: Partial<NewApplication> = {}): NewApplication {
  return {
    id: unique(),
    clientId: `insiders_app_${unique()}`,
    name: 'Team Planner',
    ownerName: 'Planner Ltd',
    website: null,
    grantType: 'authorization_code',
    redirectUris: ['https://planner.example/callback'],
    confidential: true,
    accessTokenSeconds: null,
    refreshPolicy: 'stable',
    resourceServer: false,
    sandboxUserId: null,
    secret: { id: unique(), hash: unique(), lastFour: 'wxyz' },
    now,
    ...change,
  };
}

export function makeApplication(store: Store, change: Partial<NewApplication> = {}): Promise<Application> {
  return store.applications.create({ ...newApplication(change), record: aChangeRecord });
}

export function newFamily(change: Partial<NewFamily> = {}): NewFamily {
  return { id: unique(), refreshHash: unique(), accessExpiresAt: now + 600 * minute, now, ...change };
}

/** How its refresh token presents itself. */
export function refreshOf({ id, refreshHash }: NewFamily): PresentedRefreshToken {
  return { familyId: id, hash: refreshHash };
}

/** What `authorizations.grant` is asked for. */
export function newConsent(user: User, application: Application) {
  return {
    newAuthorizationId: unique(),
    consentEpoch: application.consentEpoch,
    code: {
      hash: unique(),
      applicationId: application.id,
      userId: user.id,
      redirectUri: 'https://planner.example/callback',
      scope: 'all',
      codeChallenge: null,
      createdAt: now,
      expiresAt: now + 5 * minute,
    },
    finishes: null,
    origin: null,
    now,
  };
}

/** A user who pressed Authorize, and the code that came of it. */
export async function makeCode(store: Store) {
  const user = await makeUser(store);
  const application = await makeApplication(store);
  const consent = newConsent(user, application);
  await store.authorizations.grant(consent);
  return { user, application, hash: consent.code.hash, authorizationId: consent.newAuthorizationId };
}

/** A user whose code was redeemed. */
export async function makeFamily(store: Store) {
  const code = await makeCode(store);
  const family = newFamily();
  await store.codes.redeem(code, family);
  return { ...code, family };
}

/** A user and an application that signs in with the user's password. */
export async function makePasswordPair(store: Store) {
  const user = await makeUser(store);
  const application = await makeApplication(store, { grantType: 'password' });
  const start = (change: Partial<NewFamily> = {}) => ({
    ...newFamily(change),
    newAuthorizationId: unique(),
    userId: user.id,
    passwordEpoch: user.passwordEpoch,
    applicationId: application.id,
    scope: 'all',
  });
  return { user, application, start };
}

/** Runs `act` many times at once. */
export function inParallel<Result>(times: number, act: (index: number) => Promise<Result>): Promise<Result[]> {
  return Promise.all(Array.from({ length: times }, (_, index) => act(index)));
}

/** How often each answer was given. */
export function tally(answers: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const answer of answers) counts[answer] = (counts[answer] ?? 0) + 1;
  return counts;
}
