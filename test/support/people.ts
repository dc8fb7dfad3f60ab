import { randomBytes, randomInt } from 'node:crypto';
import { createPasswordHasher } from '../../src/accounts/hashing.ts';
import { buildApplication } from '../../src/applications/new-application.ts';
import type { AdministratorRole, InitialGrant, RefreshPolicy, Store } from '../../src/ports/store/index.ts';
import { systemRandom } from '../../src/system/random.ts';
import { aChangeRecord, aUserEntry } from './change-records.ts';
import { recordSecret } from './secrets.ts';

/** Somebody with an account. */
export interface Person {
  readonly id: number;
  readonly email: string;
  readonly password: string;
}

/** An application with its credentials in clear. */
export interface TestApplication {
  /** Internal. */
  readonly id: string;
  readonly clientId: string;
  /** `null`: it is public. */
  readonly clientSecret: string | null;
  /** The first callback. */
  readonly redirectUri: string;
  readonly name: string;
}

const hasher = createPasswordHasher();

/** A text nothing else has, of small letters and digits. */
export function unique(): string {
  return randomBytes(8).toString('hex');
}

export async function newPerson(
  { store }: { readonly store: Store },
  wanted: { readonly email?: string; readonly password?: string; readonly administratorRole?: AdministratorRole } = {},
): Promise<Person> {
  const email = wanted.email ?? `anna.${unique()}@club.example`;
  const password = wanted.password ?? `correct horse ${unique()}`;
  recordSecret(password);
  const made = await store.users.create({
    email,
    passwordHash: await hasher.hash(password, { account: email, network: email }),
    firstName: 'Anna',
    lastName: 'Keller',
    administratorRole: wanted.administratorRole ?? null,
    now: Date.now(),
    entry: aUserEntry,
  });
  if (made.outcome === 'taken') throw new Error(`${email} is taken`);
  return { id: made.user.id, email, password };
}

export const callback = 'https://ams.example/callback/';

/** By the rules that the command line and the portal use; an authorization code application unless told otherwise. */
export async function newApplication(
  { store }: { readonly store: Store },
  wanted: {
    readonly name?: string;
    readonly grantType?: InitialGrant;
    readonly redirectUris?: readonly string[];
    readonly isPublic?: boolean;
    readonly refreshPolicy?: RefreshPolicy;
    readonly resourceServer?: boolean;
    readonly accessTokenSeconds?: number;
  } = {},
): Promise<TestApplication> {
  const { name = 'Peak Analytics', grantType = 'authorization_code', redirectUris = [callback] } = wanted;
  const { isPublic = false } = wanted;
  const request = { name, ownerName: 'Peak Ltd', website: 'https://peak.example', grantType, redirectUris, isPublic };
  const design = buildApplication(request, systemRandom, Date.now());
  if (design.outcome === 'invalid') throw new Error(design.problems.join('\n'));
  const { refreshPolicy, resourceServer, accessTokenSeconds } = wanted;
  const made = await store.applications.create({
    ...design.application,
    ...(refreshPolicy === undefined ? {} : { refreshPolicy }),
    ...(resourceServer === undefined ? {} : { resourceServer }),
    ...(accessTokenSeconds === undefined ? {} : { accessTokenSeconds }),
    record: aChangeRecord,
  });
  recordSecret(design.secret);
  const { id, clientId } = made;
  return { id, clientId, clientSecret: design.secret, redirectUri: redirectUris[0] ?? '', name };
}

/** Registers a tracker, owned by `owner` from now on, or by nobody. */
export async function newDevice(
  { store }: { readonly store: Store },
  owner: Person | null,
): Promise<{ readonly id: number; readonly serialNumber: string; readonly deviceName: string }> {
  const serialNumber = `0${randomInt(1e12)}`;
  const deviceName = randomBytes(6).toString('hex');
  const [ownerId, now] = [owner?.id ?? null, Date.now()];
  const made = await store.devices.add({ serialNumber, deviceName, ownerId, now, record: aChangeRecord });
  if (made.outcome === 'taken') throw new Error(`${serialNumber} is taken`);
  return { id: made.id, serialNumber, deviceName };
}
