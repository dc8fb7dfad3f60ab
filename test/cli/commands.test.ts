import { chmodSync, existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildOnce, newPlace, type Ran, run } from './run.ts';

const place = newPlace();
const { dataDir, directory } = place;
const here = ['--data-dir', dataDir];
const json = [...here, '--json'];
const password = 'a long enough passphrase';

beforeAll(buildOnce, 120_000);
afterAll(() => place.remove());

/** Parses the output, which must be one JSON value on one line; standard error must be empty. */
function parsed(ran: Ran) {
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  expect(ran.stdout).toMatch(/^[{[].*[}\]]\n$/);
  return JSON.parse(ran.stdout);
}

/** The command failed with sentences on standard error, and printed no result. */
function expectRefused(ran: Ran, sentence: string | RegExp): void {
  expect(ran.stdout).toBe('');
  expect(ran.stderr).toMatch(sentence);
  expect(ran.stderr).not.toMatch(/^\s+at |Error:|node:internal|\.js:\d/m);
  expect(ran.stderr.endsWith('\n')).toBe(true);
  expect(ran.code).toBe(1);
}

function expectWrongUsage(ran: Ran, sentence: RegExp): void {
  expect(ran.stdout).toBe('');
  expect(ran.stderr).toMatch(sentence);
  expect(ran.stderr).not.toMatch(/^\s+at |node:internal/m);
  expect(ran.code).toBe(2);
}

const newUser = (email: string, ...more: readonly string[]) =>
  run(['user', 'create', '--email', email, '--password', password, ...json, ...more]);
const newApplication = (...more: readonly string[]) =>
  run(['application', 'create', '--name', 'Peak AMS', ...json, ...more]);

describe('insiders', () => {
  it('lists its commands with --help', async () => {
    const help = await run(['--help']);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    for (const command of ['serve', 'user', 'application', 'device', 'doctor', 'migrate', 'keys']) {
      expect(help.stdout).toMatch(new RegExp(`^ {2}${command}\\b`, 'm'));
    }
  });

  it.each([['user'], ['application'], ['device'], ['keys']])(
    'lists the commands of insiders %s with --help',
    async (command) => {
      const help = await run([command, '--help']);
      expect(help).toMatchObject({ code: 0, stderr: '' });
      expect(help.stdout).toContain(`Usage: insiders ${command}`);
    },
  );

  it.each([
    [['nonsense'], /unknown command/],
    [['user', 'nonsense'], /unknown command/],
    [['migrate', '--nonsense'], /unknown option/],
    [['migrate', 'too', 'much'], /too many arguments/],
    [['user', 'create'], /required option '--email/],
    [['application', 'suspend'], /missing required argument/],
    [['application', 'set-policy', 'x', '--refresh-policy', 'often'], /Allowed choices are stable, rotate/],
    [['application', 'set-policy', 'x', '--access-token-seconds', '0'], /whole number from 1 to 31536000/],
  ])('exits with 2 on wrong usage: %j', async (args, sentence) => {
    expectWrongUsage(await run(args), sentence);
  });

  it('refuses a wrong configuration with every error, without quoting a secret', async () => {
    const environment = { INSIDERS_PORT: 'x', DATABASE_URL: 'mysql://user:hunter2@db' };
    const ran = await run(['migrate'], { environment });
    expectRefused(ran, /^The configuration is wrong:\n {2}INSIDERS_PORT .*\n {2}DATABASE_URL .*\n$/);
    expect(ran.stderr).not.toContain('hunter2');
  });

  it('says that the database is unreachable, without its address', async () => {
    const url = 'postgres://user:hunter2@127.0.0.1:1/insiders';
    const ran = await run(['application', 'list', '--database-url', url]);
    expectRefused(ran, /^The database can't be reached or written\.\n$/);
  });

  it('refuses a data directory that is a file', async () => {
    const file = join(directory, 'file');
    writeFileSync(file, '');
    expectRefused(await run(['application', 'list', '--data-dir', file]), /./);
  });
});

describe('insiders migrate', () => {
  it('applies the missing migrations once', async () => {
    const { applied } = parsed(await run(['migrate', ...json]));
    expect(applied.length).toBeGreaterThan(0);
    expect(parsed(await run(['migrate', ...json]))).toEqual({ applied: [] });
    expect((await run(['migrate', ...here])).stdout).toBe('The database is up to date.\n');
  });

  it('creates a data directory that only its owner can read', () => {
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    for (const file of readdirSync(dataDir)) expect(statSync(join(dataDir, file)).mode & 0o077, file).toBe(0);
  });
});

describe('insiders user create', () => {
  it('creates an account, and prints its ID and email address', async () => {
    expect(parsed(await newUser('Anna@Club.example'))).toEqual({ id: expect.any(Number), email: 'anna@club.example' });
  });

  it('prints a sentence without --json', async () => {
    const ran = await run(['user', 'create', '--email', 'ben@club.example', '--password', password, ...here]);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout).toMatch(/^Account \d+ was created for ben@club\.example\.\n$/);
  });

  it('reads the password from the first line of standard input', async () => {
    const args = ['user', 'create', '--email', 'carl@club.example', '--password-stdin', ...json];
    expect(parsed(await run(args, { input: `${password}\r\nmore\n` }))).toMatchObject({ email: 'carl@club.example' });
  });

  it('refuses an email address that has an account, in any letter case', async () => {
    expectRefused(await newUser('ANNA@club.example'), /^There is an account for anna@club\.example already\.\n$/);
  });

  it('refuses what the sign-up page refuses, with every error', async () => {
    const args = ['user', 'create', '--email', 'nonsense', '--password', 'short', '--first-name', '', ...json];
    expectRefused(await run(args), /firstName: required[\s\S]*email: invalid[\s\S]*password: too short/);
  });

  it('never prints the password', async () => {
    const args = ['user', 'create', '--email', 'nonsense', '--password', 'hunter2', ...json];
    const ran = await run(args);
    expect(ran.stderr + ran.stdout).not.toContain('hunter2');
  });

  it('refuses an account without a password', async () => {
    const args = ['user', 'create', '--email', 'dora@club.example', ...json];
    expectRefused(await run(args), /^Give the password with --password-stdin or --password\.\n$/);
    expectRefused(await run([...args, '--password-stdin']), /password: required/);
  });
});

describe('insiders application', () => {
  const callback = ['--redirect-uri', 'https://peak.example/callback/'];
  let clientId: string;

  beforeAll(async () => {
    clientId = parsed(await newApplication('--grant-type', 'authorization_code', ...callback)).client_id;
  });

  const listed = async () => {
    const all: { client_id: string }[] = parsed(await run(['application', 'list', ...json]));
    return all.find((row) => row.client_id === clientId);
  };

  it('create prints the credentials', async () => {
    const created = parsed(await newApplication('--grant-type', 'password'));
    expect(created).toEqual({
      client_id: expect.stringMatching(/^insiders_app_[A-Za-z0-9]{24}$/),
      client_secret: expect.stringMatching(/^insiders_secret_[A-Za-z0-9_-]{43}$/),
    });
  });

  it('create --public creates no secret', async () => {
    const created = parsed(await newApplication('--grant-type', 'authorization_code', '--public', ...callback));
    expect(Object.keys(created)).toEqual(['client_id']);
  });

  it('create says that the secret is not shown again', async () => {
    const ran = await run(['application', 'create', '--name', 'Other', '--grant-type', 'password', ...here]);
    expect(ran.stdout).toMatch(/^client_id {5}\S+\nclient_secret \S+\nThe secret is not shown again\.\n$/);
  });

  it('create accepts several callbacks', async () => {
    const more = ['--redirect-uri', 'https://peak.example/other/'];
    const created = parsed(await newApplication('--grant-type', 'authorization_code', ...callback, ...more));
    const all: { client_id: string; redirect_uris: string[] }[] = parsed(await run(['application', 'list', ...json]));
    expect(all.find((row) => row.client_id === created.client_id)?.redirect_uris).toEqual([
      'https://peak.example/callback/',
      'https://peak.example/other/',
    ]);
  });

  it('create refuses an unknown grant type, a missing callback and an invalid callback', async () => {
    expectRefused(await newApplication('--grant-type', 'implicit'), /^The grant type is one of/);
    expectRefused(await newApplication('--grant-type', 'authorization_code'), /needs at least one callback/);
    const http = ['--redirect-uri', 'http://peak.example/'];
    expectRefused(await newApplication('--grant-type', 'authorization_code', ...http), /^http:\/\/ is for/);
  });

  it('list shows every application, and no secret', async () => {
    expect(await listed()).toEqual({
      client_id: clientId,
      name: 'Peak AMS',
      owner: 'Peak AMS',
      grant_type: 'authorization_code',
      status: 'active',
      redirect_uris: ['https://peak.example/callback/'],
    });
    const ran = await run(['application', 'list', ...here]);
    expect(ran.stdout).toContain(`${clientId}  authorization_code  active     Peak AMS`);
    expect(ran.stdout).not.toContain('insiders_secret_');
  });

  it('set-grant-type switches', async () => {
    const result = parsed(await run(['application', 'set-grant-type', clientId, 'password', ...json]));
    expect(result).toEqual({ client_id: clientId, grant_type: 'password' });
    expect(await listed()).toMatchObject({ grant_type: 'password' });
    parsed(await run(['application', 'set-grant-type', clientId, 'authorization_code', ...json]));
    expect(await listed()).toMatchObject({ grant_type: 'authorization_code' });
  });

  it('set-grant-type refuses an unknown grant type', async () => {
    const ran = await run(['application', 'set-grant-type', clientId, 'implicit', ...json]);
    expectRefused(ran, /^The grant type is authorization_code or password\.\n$/);
  });

  it('suspend and resume change its status', async () => {
    const suspended = parsed(await run(['application', 'suspend', clientId, ...json]));
    expect(suspended).toEqual({ client_id: clientId, status: 'suspended' });
    expect(await listed()).toMatchObject({ status: 'suspended' });
    const resumed = parsed(await run(['application', 'resume', clientId, ...json]));
    expect(resumed).toEqual({ client_id: clientId, status: 'active' });
    expect(await listed()).toMatchObject({ status: 'active' });
  });

  it('set-policy changes only the settings that are given', async () => {
    const policy = ['--access-token-seconds', '600', '--refresh-policy', 'rotate', '--resource-server', 'yes'];
    expect(parsed(await run(['application', 'set-policy', clientId, ...policy, ...json]))).toEqual({
      client_id: clientId,
      access_token_seconds: 600,
      refresh_policy: 'rotate',
      resource_server: true,
    });
    const back = ['--access-token-seconds', 'default'];
    expect(parsed(await run(['application', 'set-policy', clientId, ...back, ...json]))).toEqual({
      client_id: clientId,
      access_token_seconds: null,
    });
  });

  it('set-policy is refused without a setting', async () => {
    expectRefused(await run(['application', 'set-policy', clientId, ...json]), /^Say what to change; see --help\.\n$/);
  });

  it.each([
    ['suspend', []],
    ['resume', []],
    ['set-grant-type', ['password']],
    ['set-policy', ['--refresh-policy', 'stable']],
  ])('%s is refused for an unknown application', async (command, more) => {
    const ran = await run(['application', command, 'nobody', ...more, ...json]);
    expectRefused(ran, /^There is no application nobody\.\n$/);
  });
});

describe('insiders device', () => {
  const add = (serialNumber: string, ...more: readonly string[]) =>
    run(['device', 'add', '--serial-number', serialNumber, '--device-name', 'a1b2c3d4e5f8', ...json, ...more]);
  const importing = (name: string, content: string, ...options: readonly string[]) => {
    writeFileSync(join(directory, name), content);
    return run(['device', 'import', join(directory, name), ...options]);
  };

  it('add registers a device', async () => {
    expect(parsed(await add('012345'))).toEqual({ id: expect.any(Number) });
  });

  it('add registers a device with an owner', async () => {
    parsed(await newUser('owner@club.example'));
    expect(parsed(await add('012346', '--owner', 'Owner@club.example'))).toEqual({ id: expect.any(Number) });
  });

  it('add refuses a known serial number, an invalid field and an unknown owner', async () => {
    expectRefused(await add('012345'), /^The serial number 012345 is known already\.\n$/);
    expectRefused(await add('a b'), /^A serial number is 1 to 40 letters, digits and hyphens\.\n$/);
    expectRefused(
      await add('012350', '--owner', 'nobody@club.example'),
      /^There is no account for nobody@club\.example\.\n$/,
    );
    const wrongName = ['device', 'add', '--serial-number', '012350', '--device-name', 'tracker', ...json];
    expectRefused(await run(wrongName), /^A device name is 12 hexadecimal characters\.\n$/);
  });

  it('import registers a whole file, and lists the known devices', async () => {
    const file = 'serial_number,device_name\n020001,a1b2c3d4e5f8\n020002,A1B2C3D4E5F9\n012345,a1b2c3d4e5f8\n';
    expect(parsed(await importing('good.csv', file, ...json))).toEqual({ added: 2, known: ['012345'] });
    const again = await importing('good.csv', file, ...here);
    expect(again.stdout).toMatch(/^0 devices were added\. 3 were known already: /);
  });

  it('import refuses a file with another header', async () => {
    const ran = await importing('header.csv', 'name;serial\n1;2\n', ...json);
    expectRefused(ran, /^line 1: The first line must be serial_number,device_name\nNothing was imported\.\n$/);
  });

  it('import refuses a file with wrong lines, names them, and imports nothing', async () => {
    const good = 'serial_number,device_name\n030001,a1b2c3d4e5f8\n';
    const ran = await importing('lines.csv', `${good}030002\n030003,tracker\n`, ...json);
    expectRefused(ran, /^line 3: .*\nline 4: .*\nNothing was imported\.\n$/);
    expect(parsed(await importing('rest.csv', good, ...json))).toEqual({ added: 1, known: [] });
  });

  it('import refuses a file that does not exist', async () => {
    expectRefused(
      await run(['device', 'import', join(directory, 'none.csv'), ...json]),
      /none\.csv can't be read\.\n$/,
    );
  });
});

describe('insiders keys', () => {
  it('rotate puts a new key before the old ones', async () => {
    const { current } = parsed(await run(['keys', 'rotate', ...json]));
    expect(parsed(await run(['keys', 'rotate', ...json]))).toMatchObject({ current: current + 1 });
  });

  it('rotate refuses a ring in the environment, and says what to do, without quoting it', async () => {
    const secret = 'k'.repeat(43);
    const ran = await run(['keys', 'rotate', ...here], { environment: { INSIDERS_SECRET_KEYS: `0:${secret}` } });
    expectRefused(ran, /^The ring is in INSIDERS_SECRET_KEYS\./);
    expect(ran.stderr).not.toContain(secret);
  });

  it('list prints the IDs, the current one first, and retire removes an old key', async () => {
    const { current } = parsed(await run(['keys', 'rotate', ...json]));
    const { keys } = parsed(await run(['keys', 'list', ...json]));
    expect(keys[0]).toEqual({ id: current, current: true });
    const [, ...old] = keys.map(({ id }: { id: number }) => id);
    expectRefused(await run(['keys', 'retire', String(current), ...here]), /run insiders keys rotate first/);
    expectRefused(await run(['keys', 'retire', '200', ...here]), /There is no key 200/);
    expectRefused(await run(['keys', 'retire', 'x', ...here]), /is not the ID of a key/);
    expect(parsed(await run(['keys', 'retire', String(old[0]), ...json]))).toEqual({ retired: old[0] });
    const left = parsed(await run(['keys', 'list', ...json])).keys.map(({ id }: { id: number }) => id);
    expect(left).toEqual([current, ...old.slice(1)]);
  });

  it('refuses a ring that others can read', async () => {
    chmodSync(join(dataDir, 'keys.json'), 0o644);
    expectRefused(await run(['keys', 'rotate', ...here]), /can be read by others; run: chmod 600/);
    chmodSync(join(dataDir, 'keys.json'), 0o600);
  });
});

describe('insiders doctor', () => {
  const resultOf = (ran: Ran, check: string) =>
    (JSON.parse(ran.stdout).findings as { check: string; result: string; text: string }[]).find(
      (f) => f.check === check,
    );

  it('finds no failure in a correct installation', async () => {
    const ran = await run(['doctor', ...json]);
    const results: { result: string }[] = parsed(ran).findings;
    expect(results.map(({ result }) => result)).not.toContain('failed');
    expect(resultOf(ran, 'database')).toMatchObject({
      result: 'ok',
      text: expect.stringMatching(/^SQLite, reads and writes/),
    });
  });

  it('prints a line for each finding without --json', async () => {
    const ran = await run(['doctor', ...here]);
    expect(ran.stdout).toMatch(/^ok {7}Node/m);
  });

  it('fails on a wrong configuration, and names every error', async () => {
    const environment = { INSIDERS_PORT: 'x', INSIDERS_LOG_LEVEL: 'loud' };
    const ran = await run(['doctor', ...json], { environment });
    expect(ran.code).toBe(1);
    expect(JSON.parse(ran.stdout).findings).toMatchObject([
      { check: 'Node', result: 'ok' },
      { check: 'configuration', result: 'failed', text: expect.stringContaining('INSIDERS_PORT') },
      { check: 'configuration', result: 'failed', text: expect.stringContaining('INSIDERS_LOG_LEVEL') },
    ]);
  });

  it('fails on keys that others can read, and on a broken ring, without quoting it', async () => {
    const file = join(dataDir, 'keys.json');
    chmodSync(file, 0o644);
    const open = await run(['doctor', ...json]);
    expect([open.code, resultOf(open, 'keys')?.result]).toEqual([1, 'failed']);
    chmodSync(file, 0o600);
    const broken = newPlace();
    parsed(await run(['migrate', '--data-dir', broken.dataDir, '--json']));
    writeFileSync(join(broken.dataDir, 'keys.json'), '{"keys":[{"id":0,"secret":"hunter2', { mode: 0o600 });
    const ran = await run(['doctor', '--data-dir', broken.dataDir, '--json']);
    expect([ran.code, resultOf(ran, 'keys')?.result]).toEqual([1, 'failed']);
    expect(ran.stdout).not.toContain('hunter2');
    broken.remove();
  });

  it('fails on an unreachable database, without quoting its address', async () => {
    const url = 'postgres://user:hunter2@127.0.0.1:1/insiders';
    const ran = await run(['doctor', ...json, '--database-url', url]);
    expect([ran.code, resultOf(ran, 'database')?.result]).toEqual([1, 'failed']);
    expect(ran.stdout + ran.stderr).not.toContain('hunter2');
  });

  it('warns about a data directory that others can read', async () => {
    chmodSync(dataDir, 0o755);
    const ran = await run(['doctor', ...json]);
    chmodSync(dataDir, 0o700);
    expect(ran.code).toBe(0);
    expect(resultOf(ran, 'data directory')?.result).toBe('warning');
  });

  it('creates nothing if there is no data directory', async () => {
    const fresh = newPlace();
    const ran = await run(['doctor', '--data-dir', fresh.dataDir, '--json']);
    expect(resultOf(ran, 'data directory')?.text).toContain('does not exist yet');
    expect(existsSync(fresh.dataDir)).toBe(false);
    fresh.remove();
  });
});
