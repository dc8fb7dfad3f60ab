import { randomBytes } from 'node:crypto';
import type {
  Application,
  NewApplication,
  NewFamily,
  PresentedRefreshToken,
  Store,
  User,
} from '../../../src/ports/store/index.ts';
import { testChangeRecord, testUserEntry } from '../../support/database/change-records.ts';

/** The current time in all tests, in ms since 1970. */
export const now = Date.UTC(2026, 4, 1, 12);

export const minute = 60_000;

/** Returns a random text: an ID, a hash or a name. */
export function unique(): string {
  return randomBytes(16).toString('base64url');
}

export async function createUser(store: Store, email = `${unique()}@example.org`): Promise<User> {
  const created = await store.users.create({
    email,
    passwordHash: 'hash 1',
    firstName: 'Ada',
    lastName: 'Keller',
    administratorRole: null,
    now,
    entry: testUserEntry,
  });
  if (created.outcome === 'taken') throw new Error('The address is taken');
  return created.user;
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

export function createApplication(store: Store, change: Partial<NewApplication> = {}): Promise<Application> {
  return store.applications.create({ ...newApplication(change), record: testChangeRecord });
}

export function newFamily(change: Partial<NewFamily> = {}): NewFamily {
  return { id: unique(), refreshHash: unique(), accessExpiresAt: now + 600 * minute, now, ...change };
}

/** What the refresh token of a family contains. */
export function refreshOf({ id, refreshHash }: NewFamily): PresentedRefreshToken {
  return { familyId: id, hash: refreshHash };
}

/** The arguments of `authorizations.grant`. */
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
    pendingRequestHash: null,
    origin: null,
    now,
  };
}

/** Creates a user who pressed *Authorize*, and the code of that consent. */
export async function createCode(store: Store) {
  const user = await createUser(store);
  const application = await createApplication(store);
  const consent = newConsent(user, application);
  await store.authorizations.grant(consent);
  return { user, application, hash: consent.code.hash, authorizationId: consent.newAuthorizationId };
}

/** Creates a user with a code and redeems it. */
export async function createFamily(store: Store) {
  const code = await createCode(store);
  const family = newFamily();
  await store.codes.redeem(code, family);
  return { ...code, family };
}

/** Creates a user and an application with the password grant. */
export async function createPasswordPair(store: Store) {
  const user = await createUser(store);
  const application = await createApplication(store, { grantType: 'password' });
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

/** Runs `run` many times in parallel. */
export function inParallel<Result>(times: number, run: (index: number) => Promise<Result>): Promise<Result[]> {
  return Promise.all(Array.from({ length: times }, (_, index) => run(index)));
}

/** Counts how often each outcome occurs. */
export function tally(outcomes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
