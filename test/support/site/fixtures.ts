/** Users, applications and devices for tests, created in the store. */
import { randomBytes, randomInt } from 'node:crypto';
import { createPasswordHasher } from '../../../src/accounts/hashing.ts';
import { buildApplication } from '../../../src/applications/new-application.ts';
import type { AdministratorRole, InitialGrant, RefreshPolicy, Store } from '../../../src/ports/store/index.ts';
import { systemRandom } from '../../../src/system/random.ts';
import { testChangeRecord, testUserEntry } from '../database/change-records.ts';
import { registerSecret } from './secrets.ts';

/** A user with the password in clear. */
export interface TestUser {
  readonly id: number;
  readonly email: string;
  readonly password: string;
}

/** An application with its client secret in clear. */
export interface TestApplication {
  /** The ID in the store. */
  readonly id: string;
  readonly clientId: string;
  /** `null`: the application is public. */
  readonly clientSecret: string | null;
  /** The first callback. */
  readonly redirectUri: string;
  readonly name: string;
}

const hasher = createPasswordHasher();

/** A random text of 16 lower-case hexadecimal digits. */
export function uniqueText(): string {
  return randomBytes(8).toString('hex');
}

/** Creates a user: Anna Keller with a random email address and password, unless `overrides` says otherwise. */
export async function newUser(
  { store }: { readonly store: Store },
  overrides: {
    readonly email?: string;
    readonly password?: string;
    readonly administratorRole?: AdministratorRole;
  } = {},
): Promise<TestUser> {
  const email = overrides.email ?? `anna.${uniqueText()}@club.example`;
  const password = overrides.password ?? `correct horse ${uniqueText()}`;
  registerSecret(password);
  const created = await store.users.create({
    email,
    passwordHash: await hasher.hash(password, { account: email, network: email }),
    firstName: 'Anna',
    lastName: 'Keller',
    administratorRole: overrides.administratorRole ?? null,
    now: Date.now(),
    entry: testUserEntry,
  });
  if (created.outcome === 'taken') throw new Error(`${email} is taken`);
  return { id: created.user.id, email, password };
}

/** The callback of test applications. No server listens there. */
export const testCallback = 'https://ams.example/callback/';

/** Creates an application with the rules of the command line and the portal; by default for authorization codes. */
export async function newApplication(
  { store }: { readonly store: Store },
  overrides: {
    readonly name?: string;
    readonly grantType?: InitialGrant;
    readonly redirectUris?: readonly string[];
    readonly isPublic?: boolean;
    readonly refreshPolicy?: RefreshPolicy;
    readonly resourceServer?: boolean;
    readonly accessTokenSeconds?: number;
  } = {},
): Promise<TestApplication> {
  const { name = 'Peak Analytics', grantType = 'authorization_code', redirectUris = [testCallback] } = overrides;
  const { isPublic = false } = overrides;
  const request = {
    name,
    ownerName: 'Peak Ltd',
    website: 'https://peak.example',
    grantType: isPublic ? 'authorization_code' : grantType,
    redirectUris,
    isPublic,
  };
  const design = buildApplication(request, systemRandom, Date.now());
  if (design.outcome === 'invalid') throw new Error(design.problems.join('\n'));
  const { refreshPolicy, resourceServer, accessTokenSeconds } = overrides;
  const created = await store.applications.create({
    ...design.application,
    // Earlier releases created public applications with the password grant.
    grantType,
    ...(refreshPolicy === undefined ? {} : { refreshPolicy }),
    ...(resourceServer === undefined ? {} : { resourceServer }),
    ...(accessTokenSeconds === undefined ? {} : { accessTokenSeconds }),
    record: testChangeRecord,
  });
  registerSecret(design.secret);
  const { id, clientId } = created;
  return { id, clientId, clientSecret: design.secret, redirectUri: redirectUris[0] ?? '', name };
}

/** Registers a device; `owner` owns it from now on, `null`: nobody does. */
export async function newDevice(
  { store }: { readonly store: Store },
  owner: TestUser | null,
): Promise<{ readonly id: number; readonly serialNumber: string; readonly deviceName: string }> {
  const serialNumber = `0${randomInt(1e12)}`;
  const deviceName = randomBytes(6).toString('hex');
  const [ownerId, now] = [owner?.id ?? null, Date.now()];
  const added = await store.devices.add({ serialNumber, deviceName, ownerId, now, record: testChangeRecord });
  if (added.outcome === 'taken') throw new Error(`${serialNumber} is taken`);
  return { id: added.id, serialNumber, deviceName };
}
