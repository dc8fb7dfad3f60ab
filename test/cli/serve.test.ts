import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServerProcess, serve } from '../support/processes/insiders.ts';
import { freePort } from '../support/processes/ports.ts';
import { buildOnce, newPlace, run } from './run.ts';

beforeAll(buildOnce, 120_000);

/** The credentials in the output of the demo. */
function credentialsIn(output: string) {
  return {
    logins: output.match(/\S+@insiders\.example {3}\S+/g),
    ids: output.match(/client_id {6}\S+/g),
    secrets: output.match(/client_secret {2}\S+/g),
  };
}

describe('insiders serve --demo', () => {
  const place = newPlace();
  const options = ['--data-dir', place.dataDir, '--demo'];
  let first: ServerProcess;

  beforeAll(async () => {
    first = await serve(options);
  });
  afterAll(async () => {
    await first.stop();
    place.remove();
  });

  it('prints its address and the credentials', async () => {
    expect(first.output.stdout).toContain(`Open        ${first.url}/`);
    const { logins, ids, secrets } = credentialsIn(first.output.stdout);
    expect([logins?.length, ids?.length, secrets?.length]).toEqual([2, 2, 2]);
    expect((await fetch(`${first.url}/login/`)).status).toBe(200);
  });

  it('prints a command that gets a token', async () => {
    const command = /^curl .*$/m.exec(first.output.stdout)?.[0] ?? '';
    const [, user = ''] = /-u '([^']+)'/.exec(command) ?? [];
    const [, username = ''] = /'username=([^']+)'/.exec(command) ?? [];
    const [, password = ''] = /'password=([^']+)'/.exec(command) ?? [];
    const response = await fetch(`${first.url}/oauth2/token/`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(user).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'password', username, password }),
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ token_type: 'Bearer' });
  });

  it('stores the credentials in a file that only its owner can read, and does not log them', () => {
    expect(statSync(join(place.dataDir, 'demo.json')).mode & 0o777).toBe(0o600);
    const demo = JSON.parse(readFileSync(join(place.dataDir, 'demo.json'), 'utf8'));
    for (const secret of [demo.manager.password, demo.code.clientSecret]) {
      expect(first.output.stderr).not.toContain(secret);
    }
  });

  it('runs while commands change its database', async () => {
    const data = ['--data-dir', place.dataDir, '--json'];
    const create = ['application', 'create', '--name', 'Beside', '--grant-type', 'password', ...data];
    const created = JSON.parse((await run(create)).stdout);
    const response = await fetch(`${first.url}/oauth2/token/`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${created.client_id}:${created.client_secret}`).toString('base64')}`,
      },
      body: new URLSearchParams({ grant_type: 'password', username: 'nobody@insiders.example', password: 'wrong' }),
    });
    // `invalid_grant`, not `invalid_client`: the server knows the new application at once, but not the user.
    expect(await response.json()).toMatchObject({ error: 'invalid_grant' });
    expect((await run(['doctor', ...data])).code).toBe(0);
    expect((await run(['migrate', ...data])).stdout).toBe('{"applied":[]}\n');
    expect((await run(['application', 'suspend', created.client_id, ...data])).code).toBe(0);
  });

  it('says in one sentence that its port is in use', async () => {
    const other = newPlace();
    const ran = await run(['serve', '--data-dir', other.dataDir, '--port', new URL(first.url).port]);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toBe('The port is in use already; choose another with --port.\n');
    other.remove();
  });

  it('ends with 0 on SIGTERM, and prints the same credentials at the next start', async () => {
    const before = credentialsIn(first.output.stdout);
    expect(await first.stop()).toBe(0);
    first = await serve(options);
    expect(credentialsIn(first.output.stdout)).toEqual(before);
  });
});

describe('insiders serve', () => {
  it('prints one line, and creates no demo data', async () => {
    const place = newPlace();
    const server = await serve(['--data-dir', place.dataDir]);
    expect(server.output.stdout).toBe(`insiders is ready at ${server.url}\n`);
    const list = await run(['application', 'list', '--data-dir', place.dataDir, '--json']);
    expect(list.stdout).toBe('[]\n');
    expect((await fetch(`${server.url}/docs/ui/`, { headers: { accept: 'text/html' } })).status).toBe(404);
    expect(await server.stop()).toBe(0);
    place.remove();
  });

  it('refuses to start with wrong settings, and names all of them', async () => {
    const environment = { INSIDERS_CODE_SECONDS: 'soon' };
    const ran = await run(['serve', '--port', '99999'], { environment });
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toMatch(/INSIDERS_PORT.*\n.*INSIDERS_CODE_SECONDS/);
  });

  it('refuses to start with a broken ring of keys, without quoting it', async () => {
    const place = newPlace();
    await run(['keys', 'rotate', '--data-dir', place.dataDir]);
    writeFileSync(join(place.dataDir, 'keys.json'), '{"keys":[{"id":0,"secret":"hunter2');
    const ran = await run(['serve', '--data-dir', place.dataDir, '--port', String(await freePort())]);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toMatch(/^\S+keys\.json can't be used\. .*\n$/);
    expect(ran.stderr).not.toContain('hunter2');
    place.remove();
  });
});
