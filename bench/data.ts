/** Fills an embedded database with the users, authorizations, devices and codes that the subjects need. */
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { createPasswordHasher } from '../src/accounts/hashing.ts';
import { codeKey } from '../src/oauth/formats/code.ts';
import { digest } from '../src/oauth/formats/digest.ts';
import { openStore } from '../src/storage/open.ts';
import { testChangeRecord } from '../test/support/database/change-records.ts';
import {
  client,
  codeText,
  devicesPerOwner,
  emailOf,
  idOf,
  owners,
  password,
  passwordClient,
  people,
  redirectUri,
  refreshText,
  shuffled,
  userIdOf,
} from './texts.ts';

const farFuture = Date.parse('2100-01-01T00:00:00Z');
/** The end of an ownership that has not ended. */
const openEnd = Date.parse('2999-12-31T23:59:59Z');

export interface Size {
  /** Every user has one authorization for each of them. The first one is the measured client. */
  readonly applications: number;
  /** Unused codes, of all users in turn. */
  readonly codes: number;
}

/** The index of a user's authorization for the measured client. Those for other applications are in between. */
export function indexOf(person: number, { applications }: Size): number {
  return person * applications;
}

/** Creates and fills the database. */
export async function fill(dataDir: string, size: Size): Promise<void> {
  await createClients(dataDir);
  const passwordHash = await createPasswordHasher().hash(password, { account: 'bench', network: 'local' });
  const db = new DatabaseSync(`${dataDir}/insiders.db`);
  db.exec('PRAGMA synchronous=OFF; BEGIN');
  fillPeople(db, passwordHash);
  fillDevices(db);
  fillAuthorizations(db, size);
  fillCodes(db, size);
  db.exec('COMMIT; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
}

async function createClients(dataDir: string): Promise<void> {
  const store = await openStore({ dataDir });
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
      now: Date.now(),
      record: testChangeRecord,
    });
  }
  await store.close();
}

function fillPeople(db: DatabaseSync, passwordHash: string): void {
  const user = db.prepare(
    `INSERT INTO users (id, email, password_hash, first_name, last_name, created_at) VALUES (?, ?, ?, 'A', 'B', 0)`,
  );
  for (let person = 0; person < people; person += 1) user.run(userIdOf(person), emailOf(person), passwordHash);
}

function fillDevices(db: DatabaseSync): void {
  const device = db.prepare(
    `INSERT INTO devices (id, serial_number, serial_number_folded, device_name, device_name_folded, created_at)
     VALUES (?, ?, ?, ?, ?, 0)`,
  );
  const ownership = db.prepare(
    `INSERT INTO device_ownerships (device_id, user_id, start_time, end_time, custom_name, custom_name_folded)
     VALUES (?, ?, 0, ${openEnd}, '', '')`,
  );
  for (let index = 0; index < owners * devicesPerOwner; index += 1) {
    const serialNumber = String(index).padStart(6, '0');
    const name = `a1b2c3${serialNumber}`;
    device.run(index + 1, serialNumber, serialNumber, name, name);
    ownership.run(index + 1, userIdOf(Math.floor(index / devicesPerOwner)));
  }
}

function fillAuthorizations(db: DatabaseSync, { applications }: Size): void {
  const other = db.prepare(
    `INSERT INTO applications (id, client_id, name, owner_name, grant_type, redirect_uris, confidential, refresh_policy,
       status, resource_server, consent_epoch, created_at)
     VALUES (?, ?, 'Other', 'Other', 'authorization_code', '[]', 1, 'stable', 'active', 0, 1, 0)`,
  );
  for (let number = 1; number < applications; number += 1) other.run(`other${number}`, `other${number}`);
  const insert = {
    authorization: db.prepare(
      `INSERT INTO authorizations (id, user_id, application_id, scope, method, consent_epoch, created_at)
       VALUES (?, ?, ?, 'all', 'consent', 1, 0)`,
    ),
    family: db.prepare(
      `INSERT INTO families (id, authorization_id, method, refresh_hash, created_at, last_used_at, access_expires_at)
       VALUES (?, ?, 'consent', ?, 0, 0, ${farFuture})`,
    ),
  };
  for (let index = 0; index < people * applications; index += 1) {
    const application = index % applications;
    authorize(insert, index, Math.floor(index / applications), application === 0 ? client.id : `other${application}`);
  }
}

function authorize(
  insert: { readonly authorization: StatementSync; readonly family: StatementSync },
  index: number,
  person: number,
  applicationId: string,
): void {
  insert.authorization.run(idOf('authorization', index), userIdOf(person), applicationId);
  insert.family.run(idOf('family', index), idOf('authorization', index), digest(refreshText(index)));
}

function fillCodes(db: DatabaseSync, size: Size): void {
  const code = db.prepare(
    `INSERT INTO codes (hash, authorization_id, application_id, user_id, redirect_uri, scope, created_at, expires_at)
     VALUES (?, ?, ?, ?, ?, 'all', 1, ${farFuture})`,
  );
  const order = shuffled(people);
  for (let n = 0; n < size.codes; n += 1) {
    const person = order[n % people] ?? 0;
    const authorizationId = idOf('authorization', indexOf(person, size));
    code.run(codeKey(codeText(n)), authorizationId, client.id, userIdOf(person), redirectUri);
  }
}
