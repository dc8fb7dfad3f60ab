import { appendFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { buildOnce, newPlace, run } from '../cli/run.ts';
import { unlockAuditLog, withDatabase } from '../support/database/sql.ts';
import { serve } from '../support/processes/insiders.ts';

beforeAll(buildOnce, 120_000);

/** A data directory, and commands on it. */
function newDirectory() {
  const { directory, dataDir, remove } = newPlace();
  onTestFinished(remove);
  const data = ['--data-dir', dataDir];
  const createUser = (name: string) =>
    run(['user', 'create', '--email', `${name}@example.org`, '--password', `correct horse ${name}`, ...data]);
  const verify = async (...options: readonly string[]) => {
    const { code, stdout, stderr } = await run(['audit', 'verify', '--json', ...options, ...data]);
    return { code, ...(stdout === '' ? { stderr } : JSON.parse(stdout)) };
  };
  const serveOnce = async (environment: Readonly<Record<string, string>> = {}) => {
    const server = await serve(data, { environment });
    expect(await server.stop()).toBe(0);
    return server.output.stderr;
  };
  return {
    data,
    dataDir,
    anchors: join(directory, 'anchors'),
    keys: join(dataDir, 'keys.json'),
    createUser,
    verify,
    serveOnce,
  };
}

/** Deletes the last entry, and sets the head back. */
function cutTail(dataDir: string): Promise<void> {
  return withDatabase({ dataDir }, async (database) => {
    await unlockAuditLog(database);
    await database.run('delete from audit_events where id = (select max(id) from audit_events)');
    const last = '(select max(id) from audit_events)';
    const hash = `(select hash from audit_events where id = ${last})`;
    await database.run(`update audit_head set entries = entries - 1, entry_id = ${last}, hash = ${hash}`);
  });
}

describe('insiders audit verify', () => {
  it('finds a tail that was cut, with the anchor file, the log, an export and a stored head', {
    timeout: 60_000,
  }, async () => {
    const { data, dataDir, anchors, createUser, verify, serveOnce } = newDirectory();
    expect((await createUser('nina')).code).toBe(0);
    expect(await verify()).toMatchObject({ code: 0, entries: 1, unkeyed: 1 });
    const log = await serveOnce({ INSIDERS_AUDIT_ANCHOR: anchors, INSIDERS_LOG_LEVEL: 'info' });
    const sound = await verify('--anchor', anchors);
    expect(sound).toMatchObject({ code: 0, ok: true, entries: 2, unkeyed: 1, sealed: [] });
    const head = `${sound.last_id}:${sound.head}`;
    expect(readFileSync(anchors, 'utf8')).toMatch(new RegExp(`^\\S+ ${head}\\n$`));
    expect(statSync(anchors).mode & 0o777).toBe(0o600);
    expect(log).toContain(`"audit_head":"${head}"`);
    const exported = (await run(['audit', 'export', ...data])).stdout;
    await cutTail(dataDir);
    expect(await verify()).toMatchObject({ code: 1, reason: 'unprotected' });
    expect((await createUser('otto')).code).toBe(0);
    const cut = { code: 1, ok: false, reason: 'unanchored', id: 2 };
    expect(await verify('--anchor', anchors)).toMatchObject(cut);
    expect(await verify('--head', head)).toMatchObject(cut);
    for (const text of [log, exported]) {
      const file = join(dataDir, 'copy');
      writeFileSync(file, text);
      expect(await verify('--anchor', file)).toMatchObject(cut);
    }
  });

  it('refuses a file without an anchor, a damaged line and a damaged head', async () => {
    const { anchors, verify } = newDirectory();
    expect(await verify('--anchor', anchors)).toMatchObject({ code: 1, stderr: `${anchors} can't be read.\n` });
    writeFileSync(anchors, '');
    expect(await verify('--anchor', anchors)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('has no head'),
    });
    appendFileSync(anchors, '2026-05-01T12:00:00Z 1:short\n');
    expect(await verify('--anchor', anchors)).toMatchObject({ code: 1, stderr: expect.stringContaining('Line 1') });
    expect(await verify('--head', '1:short')).toMatchObject({ code: 2 });
  });

  it('accepts entries of retired keys, and those of lost keys only after keys adopt', { timeout: 60_000 }, async () => {
    const { data, keys, createUser, verify, serveOnce } = newDirectory();
    await serveOnce();
    expect((await createUser('nina')).code).toBe(0);
    for (const id of [0, 1]) {
      expect((await run(['keys', 'rotate', ...data])).code).toBe(0);
      expect((await run(['keys', 'retire', String(id), ...data])).code).toBe(0);
    }
    // The first key has the entries of the user and of the rotation, the second those of the retirement and the next.
    const sealed = [expect.objectContaining({ first: 1, last: 2 }), expect.objectContaining({ first: 3, last: 4 })];
    expect(await verify()).toMatchObject({ code: 0, entries: 5, unkeyed: 0, sealed });

    rmSync(keys);
    expect(await createUser('otto')).toMatchObject({ code: 1, stderr: expect.stringContaining('insiders keys adopt') });
    expect(await verify()).toMatchObject({ code: 1, reason: 'unchecked', entries: 5 });
    expect((await run(['keys', 'adopt', ...data])).code).toBe(0);
    expect(await verify()).toMatchObject({ code: 0, entries: 6 });
    expect((await createUser('otto')).code).toBe(0);
    expect(await verify()).toMatchObject({ code: 0, entries: 7 });
  });
});

describe('an anchor file that can not be written', () => {
  it('is reported by the log and by doctor, and does not stop the server', { timeout: 60_000 }, async () => {
    const { data, dataDir, createUser, serveOnce } = newDirectory();
    await createUser('nina');
    const environment = { INSIDERS_AUDIT_ANCHOR: join(dataDir, 'none', 'anchors') };
    expect(await serveOnce(environment)).toContain('ENOENT');
    const { code, stdout } = await run(['doctor', ...data], { environment });
    expect([code, stdout]).toEqual([1, expect.stringMatching(/FAILED {3}audit anchor .*ENOENT/)]);
  });
});
