import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callApi, requestToken, tokensOf } from '../support/oauth.ts';
import { serve } from '../support/processes/insiders.ts';
import { validAnswers } from '../support/site/registration.ts';
import { buildOnce, newPlace, run } from './run.ts';

const place = newPlace();
const { dataDir, directory } = place;
const here = ['--data-dir', dataDir, '--json'];
const password = 'a long enough passphrase';

beforeAll(buildOnce, 120_000);
afterAll(() => place.remove());

async function json<T = Record<string, unknown>>(...args: readonly string[]): Promise<T> {
  const ran = await run([...args, ...here]);
  expect([args.slice(0, 2).join(' '), ran.code, ran.stderr]).toEqual([args.slice(0, 2).join(' '), 0, '']);
  return JSON.parse(ran.stdout) as T;
}

async function refused(...args: readonly string[]): Promise<string> {
  const ran = await run([...args, ...here]);
  expect([ran.code, ran.stdout]).toEqual([1, '']);
  return ran.stderr;
}

const newUser = (email: string, ...more: readonly string[]) =>
  json('user', 'create', '--email', email, '--password', password, ...more);

async function submit(owner: string, answers: Record<string, unknown> = {}): Promise<string> {
  const file = join(directory, 'answers.json');
  writeFileSync(file, JSON.stringify({ ...validAnswers, ...answers }));
  return (await json<{ id: string }>('registration', 'submit', '--owner', owner, '--answers', file)).id;
}

describe('a registration by the command line', () => {
  it('leads from the form to the first token, with a question and a reply in between', async () => {
    await newUser('admin@cli.example', '--admin');
    await newUser('owner@cli.example');
    await newUser('manager@cli.example');
    const answers = { grantType: 'password', passwordReason: 'A legacy system', callbacks: '' };
    const id = await submit('owner@cli.example', answers);
    const queue = await json<{ registrations: { id: string }[] }>('registration', 'list');
    expect(queue.registrations.map((row) => row.id)).toContain(id);
    await json('registration', 'ask', id, '--field', 'storage', '--text', 'Which provider?');
    expect(await refused('registration', 'submit', '--owner', 'nobody@cli.example', '--answers', '/nope')).toContain(
      'JSON',
    );
    const shown = await json<{ state: string; messages: { text: string }[] }>('registration', 'show', id);
    expect(shown.state).toBe('information_requested');
    await json('registration', 'reply', id, '--text', 'Exoscale, in Zurich.');
    await json('registration', 'note', id, '--text', 'Fine.');
    const approved = await json<{ client_id: string; state: string }>(
      'registration',
      'approve',
      id,
      '--text',
      'Welcome',
    );
    expect(approved.state).toBe('approved');
    expect(await refused('registration', 'approve', id)).toContain('not possible');
    const created = await json<{ client_secret: string }>('application', 'add-secret', approved.client_id);

    const mails = await json<{ mails: { id: number; subject: string; to: string }[] }>(
      'mail',
      'list',
      '--to',
      'owner@cli.example',
    );
    expect(mails.mails.map(({ subject }) => subject)).toEqual([
      'New client secret of Peak Planner',
      'Peak Planner is approved',
      'Questions about Peak Planner',
      'We received your registration of Peak Planner',
    ]);
    const mail = await json<{ text: string }>('mail', 'show', String(mails.mails[1]?.id));
    expect(mail.text).toContain('Welcome');
    expect(mail.text).not.toContain(created.client_secret);

    const server = await serve(['--data-dir', dataDir]);
    try {
      const application = {
        id: '',
        clientId: approved.client_id,
        clientSecret: created.client_secret,
        redirectUri: '',
        name: '',
      };
      const grant = { grant_type: 'password', username: 'manager@cli.example', password };
      const tokens = tokensOf(await requestToken(server, application, grant));
      expect((await callApi(server, tokens.access_token)).status).toBe(200);
    } finally {
      await server.stop();
    }
    const log = await run(['audit', 'verify', ...here]);
    expect(log.code).toBe(0);
  }, 60_000);

  it('is refused with the error of each field of the form', async () => {
    await newUser('wrong@cli.example');
    const file = join(directory, 'wrong.json');
    writeFileSync(file, JSON.stringify({ ...validAnswers, productName: '', callbacks: 'javascript:alert(1)' }));
    const errors = await refused('registration', 'submit', '--owner', 'wrong@cli.example', '--answers', file);
    expect(errors).toContain('productName: required');
    expect(errors).toContain('callbacks: ');
  });
});

describe('the use cases of the console', () => {
  it('run for an application, with the same audit entries', async () => {
    const { client_id: clientId } = await json<{ client_id: string }>(
      'application',
      'create',
      '--name',
      'Peak AMS',
      '--grant-type',
      'password',
    );
    await newUser('boss@cli.example');
    await json('application', 'appoint', clientId, 'boss@cli.example');
    expect(await refused('application', 'set-callbacks', clientId, 'http://ams.example/')).toContain('https://');
    await json('application', 'set-callbacks', clientId, 'https://ams.example/callback/');
    await json('application', 'set-grant-type', clientId, 'authorization_code');
    await json('application', 'undo-grant-type', clientId);
    expect(await refused('application', 'undo-grant-type', clientId)).toContain('no change');
    await json('application', 'suspend', clientId);
    await json('application', 'resume', clientId);
    await json('application', 'revoke-all', clientId);
    await json('application', 'set-policy', clientId, '--access-token-seconds', '600');
    const added = await json<{ client_secret: string }>('application', 'add-secret', clientId);
    const { secrets } = await json<{ secrets: { id: string; last_four: string }[] }>(
      'application',
      'list-secrets',
      clientId,
    );
    expect(secrets.map((secret) => secret.last_four)).toContain(added.client_secret.slice(-4));
    await json('application', 'retire-secret', clientId, secrets[0]?.id ?? '', '--when', 'week');
    const listed = await json<{ entries: { action: string }[] }>(
      'audit',
      'list',
      '--subject',
      `application:${clientId}`,
    );
    const actions = (Array.isArray(listed) ? listed : listed.entries).map(({ action }: { action: string }) => action);
    expect(actions.toReversed()).toEqual([
      'application.created',
      'application.owner_appointed',
      'application.callbacks_changed',
      'application.grant_change_requested',
      'application.grant_type_changed',
      'application.grant_change_undone',
      'application.suspended',
      'application.resumed',
      'application.all_revoked',
      'application.policy_changed',
      'application.secret_added',
      'application.secret_retired',
    ]);
  }, 60_000);

  it('run for users', async () => {
    await newUser('person@cli.example');
    await json('user', 'set-role', 'person@cli.example', 'support');
    const { users } = await json<{ users: { email: string; role: string }[] }>('user', 'list', '--only', 'staff');
    expect(users.find(({ email }) => email === 'person@cli.example')?.role).toBe('support');
    await json('user', 'disable', 'person@cli.example');
    await json('user', 'enable', 'person@cli.example');
    await json('user', 'end-sessions', 'person@cli.example');
    await json('user', 'end-authorizations', 'person@cli.example');
    await json('user', 'set-role', 'person@cli.example', 'none');
    expect(await refused('user', 'disable', 'nobody@cli.example')).toContain('no account');
    expect(await refused('user', 'set-role', 'admin@cli.example', 'none')).toContain('last administrator');
  }, 60_000);

  it('run for devices', async () => {
    await newUser('holder@cli.example');
    await json('device', 'add', '--serial-number', '00042', '--device-name', 'a1b2c3d4e5f6');
    const recorded = await run(['audit', 'list', '--action', 'device.added', '--data-dir', dataDir]);
    expect(recorded.stdout).toContain('device:00042');
    await json('device', 'assign', '00042', 'holder@cli.example');
    const { owner } = await json<{ owner: string | null }>('device', 'release', '00042');
    expect(owner).toBeNull();
    expect(await refused('device', 'assign', 'unknown', 'holder@cli.example')).toContain('no device');
    const file = join(directory, 'devices.csv');
    writeFileSync(file, 'serial_number,device_name\n00042,a1b2c3d4e5f6\n00043,a1b2c3d4e5f7\n');
    expect(await json('device', 'import', file)).toEqual({ added: 1, known: ['00042'] });
    writeFileSync(file, 'serial_number,device_name\n00044,a1b2c3d4e5f8\nbad line\n');
    expect(await refused('device', 'import', file)).toContain('Nothing was imported.');
    expect(await json('device', 'add', '--serial-number', '00044', '--device-name', 'a1b2c3d4e5f8')).toHaveProperty(
      'id',
    );
  }, 60_000);
});
