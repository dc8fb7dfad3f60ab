/**
 * `npm run bench:console`: measures the lists of the console with 100,000 applications, registrations, users, devices
 * and emails and a million audit entries, and the import of 100,000 devices. Exits with 1 if a goal is missed.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createPasswordHasher } from '../src/accounts/hashing.ts';
import { openStore } from '../src/storage/open.ts';
import { testUserEntry } from '../test/support/database/change-records.ts';
import { HttpBrowser } from '../test/support/site/http-browser.ts';
import { newTemporaryDirectory } from './cleanup.ts';
import { origin, start } from './server.ts';
import { spread } from './statistics.ts';

/** Rows of each table except the audit log. */
const many = 100_000;
const entries = 1_000_000;
/** Requests for each list. */
const rounds = 30;
const goalMs = 100;
const importGoalSeconds = 30;
const port = 18_300;
const administrator = { email: 'admin@bench.example', password: 'a long enough password' };

const lists: Readonly<Record<string, string>> = {
  'queue of registrations': '/admin/registrations/',
  'queue, far down': `/admin/registrations/?after=${many - 60}+r${many - 60}`,
  'approved registrations': '/admin/registrations/?state=approved',
  applications: '/admin/applications/',
  'applications, suspended': '/admin/applications/?status=suspended',
  'applications, found by name': '/admin/applications/?q=AMS+77777',
  'applications, nothing found': '/admin/applications/?q=nothing+like+it',
  'one application': '/admin/applications/insiders_app_77777/',
  users: '/admin/users/',
  'users, found by address': '/admin/users/?q=person77777',
  devices: '/admin/devices/',
  'devices, found by serial number': '/admin/devices/?q=BENCH-77777',
  mails: '/admin/mails/',
  'audit log': '/admin/audit/',
  'audit log, of one application': '/admin/audit/?subject=application%3Ainsiders_app_77777',
  'audit log, of one person': '/admin/audit/?actor=user%3A77777',
  'audit log, one kind of action': '/admin/audit/?action=application.',
  'audit log, one day': '/admin/audit/?since=2026-01-02&until=2026-01-02',
  'audit log, a text': '/admin/audit/?q=nothing+like+it',
  'console, first page': '/admin/',
};

async function main(): Promise<void> {
  const dataDir = newTemporaryDirectory('console');
  const missed = [...importDevices(dataDir), ...(await measureLists(dataDir))];
  process.stdout.write(missed.length === 0 ? '\nAll goals are met.\n' : `\nMissed: ${missed.join(', ')}\n`);
  process.exitCode = missed.length === 0 ? 0 : 1;
}

/** Imports the devices by the command line, as an administrator does. Returns the missed goals. */
function importDevices(dataDir: string): readonly string[] {
  const file = join(dataDir, 'devices.csv');
  const lines = Array.from({ length: many }, (_, n) => `BENCH-${n},${n.toString(16).padStart(12, '0')}`);
  writeFileSync(file, ['serial_number,device_name', ...lines].join('\n'));
  const start = performance.now();
  execFileSync(process.execPath, ['bin/insiders.mjs', 'device', 'import', file, '--data-dir', dataDir], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const seconds = (performance.now() - start) / 1000;
  process.stdout.write(`${many} devices imported: ${seconds.toFixed(1)} s (goal: < ${importGoalSeconds} s)\n\n`);
  return seconds < importGoalSeconds ? [] : ['import'];
}

/** Returns the names of the lists that missed the goal. */
async function measureLists(dataDir: string): Promise<readonly string[]> {
  await fill(dataDir);
  const server = await start(['bin/insiders.mjs', 'serve'], port, { INSIDERS_DATA_DIR: dataDir });
  const browser = new HttpBrowser(origin(port));
  await browser.logIn(administrator);
  const missed: string[] = [];
  process.stdout.write(`${'page'.padEnd(34)}  median ms  most ms   (goal: median < ${goalMs} ms)\n`);
  for (const [name, path] of Object.entries(lists)) {
    const times = await timesOf(browser, path);
    const { median, most } = spread(times);
    process.stdout.write(`${name.padEnd(34)}  ${median.toFixed(1).padStart(9)}  ${most.toFixed(1).padStart(7)}\n`);
    if (median >= goalMs) missed.push(name);
  }
  await server.stop();
  return missed;
}

async function timesOf(browser: HttpBrowser, path: string): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    const { status } = await browser.send(path);
    if (status !== 200) throw new Error(`${path} returned ${status}`);
    times.push(performance.now() - start);
  }
  return times;
}

/** Inserts rows as the product writes them, except for the hashes of the audit log, which no list verifies. */
async function fill(dataDir: string): Promise<void> {
  const store = await openStore({ dataDir });
  const passwordHash = await createPasswordHasher().hash(administrator.password, {
    account: administrator.email,
    network: 'local',
  });
  const { email } = administrator;
  const names = { firstName: 'Ada', lastName: 'Admin', administratorRole: 'administrator' } as const;
  await store.users.create({ email, passwordHash, ...names, now: Date.now(), entry: testUserEntry });
  await store.close();
  const db = new DatabaseSync(join(dataDir, 'insiders.db'));
  db.exec('pragma synchronous = off; begin');
  const insert = (
    table: string,
    columns: string,
    count: number,
    row: (n: number) => readonly (string | number | null)[],
  ) => {
    const marks = columns.split(',').map(() => '?');
    const statement = db.prepare(`insert into ${table} (${columns}) values (${marks.join(',')})`);
    for (let n = 0; n < count; n += 1) statement.run(...row(n));
    process.stderr.write(`${count} rows in ${table}\n`);
  };
  insert('users', 'id,email,password_hash,first_name,last_name,created_at,search_folded', many, (n) => [
    n + 1000,
    `person${n}@club.example`,
    passwordHash,
    'Anna',
    `Keller ${n}`,
    n,
    `anna keller ${n} person${n}@club.example`,
  ]);
  const applicationColumns =
    'id,client_id,name,owner_name,grant_type,redirect_uris,confidential,refresh_policy,status,resource_server,consent_epoch,created_at,search_folded';
  insert('applications', applicationColumns, many, (n) => [
    `a${n}`,
    `insiders_app_${n}`,
    `AMS ${n}`,
    'Bench',
    'password',
    '[]',
    1,
    'stable',
    n % 50 === 0 ? 'suspended' : 'active',
    0,
    1,
    n,
    `ams ${n} bench insiders_app_${n}`,
  ]);
  const answers = JSON.stringify({ productName: 'AMS', organisation: 'Bench' });
  insert('registrations', 'id,owner_id,state,answers,version,created_at,updated_at,submitted_at', many, (n) => [
    `r${n}`,
    1000 + n,
    n % 10 === 0 ? 'approved' : 'submitted',
    answers,
    1,
    n,
    n,
    n,
  ]);
  insert('mails', 'recipient,subject,text,html,state,created_at,due_at,attempts', many, (n) => [
    `person${n}@club.example`,
    'Hello',
    'Hello',
    '<p>Hello</p>',
    'waiting',
    n,
    n,
    0,
  ]);
  const start = Date.UTC(2026, 0, 1);
  const head = db.prepare('select hash from audit_head').get() as { hash: string };
  insert('audit_events', 'at,actor_kind,actor_id,action,subject,hash,previous_hash', entries, (n) => [
    start + n * 1000,
    'user',
    String(1000 + (n % many)),
    n % 3 === 0 ? 'application.suspended' : 'user.password_changed',
    `application:insiders_app_${n % many}`,
    `hash ${n}`,
    n === 0 ? head.hash : `hash ${n - 1}`,
  ]);
  db.exec(`update audit_head set hash = 'hash ${entries - 1}', entry_id = (select max(id) from audit_events)`);
  db.exec('commit; analyze; pragma wal_checkpoint(truncate)');
  db.close();
}

await main();
