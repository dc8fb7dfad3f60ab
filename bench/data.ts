/** Fills an embedded database with as many authorizations as asked for, and with what the subjects need. */
import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { createPasswordHasher } from '../src/accounts/hashing.ts';
import { codeKey, newCode } from '../src/oauth/code.ts';
import { digest } from '../src/oauth/digest.ts';
import { newId } from '../src/oauth/ids.ts';
import { newRefreshToken } from '../src/oauth/tokens/refresh-token.ts';
import type { Random } from '../src/ports/random.ts';
import { openStore } from '../src/storage/open.ts';

export const client = { id: 'insiders_app_bench', secret: 'insiders_secret_bench' };
export const passwordClient = { id: 'insiders_app_bench_password', secret: 'insiders_secret_bench' };
export const person = { email: 'bench@example.org', password: 'a long enough password' };
export const redirectUri = 'https://ams.example/callback';
/** Trackers of the one person whose list is measured. */
export const ownedDevices = 30;

const peoplePerApplication = 1000;
const far = Date.parse('2100-01-01T00:00:00Z');

/** One of a thousand people, from 0. All have the password of the one. */
export function emailOf(index: number): string {
  return `person${index}@example.org`;
}

export function codeText(index: number): string {
  return newCode(seeded(`code ${index}`), Date.parse('2026-01-01T00:00:00Z') + index);
}

export function refreshText(index: number): string {
  return newRefreshToken(seeded(`refresh ${index}`), idOf('family', index));
}

/** The ids of the authorization and of the family with this number. One was made each second. */
function idOf(what: 'authorization' | 'family', index: number): string {
  return newId(seeded(`${what} ${index}`), Date.parse('2020-01-01T00:00:00Z') + index * 1000);
}

/** The same each time. At most 64 bytes. */
function seeded(seed: string): Random {
  const bytes = (count: number) => createHash('sha512').update(seed).digest().subarray(0, count);
  return { bytes, text: (count) => bytes(count).toString('base64url') };
}

/** Makes the database. `authorizations`: how many rows; `codes`: how many unused codes, spread over them. */
export async function fill(dataDir: string, authorizations: number, codes: number): Promise<void> {
  const passwordHash = await createPasswordHasher().hash(person.password);
  await fillThroughTheStore(dataDir, passwordHash);
  const db = new DatabaseSync(`${dataDir}/insiders.db`);
  db.exec('PRAGMA synchronous=OFF; BEGIN');
  fillPeopleAndApplications(db, authorizations, passwordHash);
  fillAuthorizations(db, authorizations);
  fillCodes(db, authorizations, codes);
  db.exec('COMMIT; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
}

async function fillThroughTheStore(dataDir: string, passwordHash: string): Promise<void> {
  const store = await openStore({ dataDir });
  const now = Date.now();
  const made = await store.users.create({
    email: person.email,
    passwordHash,
    firstName: 'Bench',
    lastName: 'Mark',
    staffRole: null,
    now,
  });
  if (made.outcome !== 'created') throw new Error('The database is not empty');
  for (const [grantType, who] of [
    ['authorization_code', client],
    ['password', passwordClient],
  ] as const) {
    await store.applications.create({
      id: who.id,
      clientId: who.id,
      name: who.id,
      ownerName: 'Bench',
      website: null,
      grantType,
      redirectUris: [redirectUri],
      confidential: true,
      accessTokenSeconds: null,
      refreshPolicy: 'stable',
      resourceServer: false,
      sandboxUserId: null,
      secret: { id: `secret ${who.id}`, hash: digest(who.secret), lastFour: 'ench' },
      now,
    });
  }
  for (let index = 0; index < ownedDevices; index += 1) {
    const serialNumber = String(index).padStart(6, '0');
    const deviceName = `a1b2c3${serialNumber}`;
    await store.devices.add({ serialNumber, deviceName, ownerId: made.user.id, now });
  }
  await store.close();
}

function fillPeopleAndApplications(db: DatabaseSync, authorizations: number, passwordHash: string): void {
  const user = db.prepare(
    `INSERT INTO users (id, email, password_hash, first_name, last_name, created_at) VALUES (?, ?, ?, 'A', 'B', 0)`,
  );
  for (let index = 0; index < Math.min(authorizations, peoplePerApplication); index += 1) {
    user.run(1000 + index, emailOf(index), passwordHash);
  }
  const application = db.prepare(
    `INSERT INTO applications (id, client_id, name, owner_name, grant_type, redirect_uris, confidential, refresh_policy,
       status, resource_server, consent_epoch, created_at)
     VALUES (?, ?, 'Other', 'Other', 'authorization_code', '[]', 1, 'stable', 'active', 0, 1, 0)`,
  );
  for (let index = 1; index * peoplePerApplication < authorizations; index += 1) {
    application.run(`other${index}`, `other${index}`);
  }
}

/** The first thousand belong to the client that is measured, the others to other applications. */
function fillAuthorizations(db: DatabaseSync, authorizations: number): void {
  const authorization = db.prepare(
    `INSERT INTO authorizations (id, user_id, application_id, scope, method, consent_epoch, created_at)
     VALUES (?, ?, ?, 'all', 'consent', 1, 0)`,
  );
  const family = db.prepare(
    `INSERT INTO families (id, authorization_id, method, refresh_hash, created_at, last_used_at, access_expires_at)
     VALUES (?, ?, 'consent', ?, 0, 0, ${far})`,
  );
  for (let index = 0; index < authorizations; index += 1) {
    const block = Math.floor(index / peoplePerApplication);
    const applicationId = block === 0 ? client.id : `other${block}`;
    authorization.run(idOf('authorization', index), 1000 + (index % peoplePerApplication), applicationId);
    family.run(idOf('family', index), idOf('authorization', index), digest(refreshText(index)));
  }
}

function fillCodes(db: DatabaseSync, authorizations: number, codes: number): void {
  const code = db.prepare(
    `INSERT INTO codes (hash, authorization_id, application_id, user_id, redirect_uri, scope, created_at, expires_at)
     VALUES (?, ?, ?, ?, ?, 'all', 0, ${far})`,
  );
  const people = Math.min(authorizations, peoplePerApplication);
  for (let index = 0; index < codes; index += 1) {
    // Not the first: its refresh token is measured, and newer families would take its place.
    const holder = 1 + (index % (people - 1));
    code.run(codeKey(codeText(index)), idOf('authorization', holder), client.id, 1000 + holder, redirectUri);
  }
}
