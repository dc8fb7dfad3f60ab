import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../src/ports/audit.ts';
import type { Store } from '../../src/ports/store/index.ts';
import { openStore } from '../../src/storage/open.ts';
import { unlockAuditLog, withDatabase } from '../support/database/sql.ts';
import { newApplication, newUser } from '../support/site/fixtures.ts';
import { buildOnce, newPlace, type Ran, run } from './run.ts';

const now = Date.UTC(2026, 4, 1, 12);
const hostile = '=cmd|\'/c calc\'!A1","x"\r\n\x1b[2J\u202e;ü😀';

const events: readonly AuditEvent[] = [
  { at: now, actor: { kind: 'command-line' }, action: 'application.created', subject: 'application:x' },
  {
    at: now + 1000,
    actor: { kind: 'user', id: 7 },
    action: 'application.suspended',
    subject: 'application:x',
    from: '192.0.2.1',
    before: { status: 'active' },
    after: { status: 'suspended' },
  },
  {
    at: now + 2000,
    actor: { kind: 'platform' },
    action: 'session.refused',
    subject: hostile,
    detail: { agent: hostile },
  },
];

const place = newPlace();
afterAll(() => place.remove());
beforeAll(async () => {
  buildOnce();
  await fill(place.dataDir);
}, 120_000);

async function fill(dataDir: string, more: (store: Store) => Promise<unknown> = async () => {}): Promise<void> {
  const store = await openStore({ dataDir });
  for (const event of events) await store.audit.append(event);
  await more(store);
  await store.close();
}

const audit = (command: string, ...more: readonly string[]) =>
  run(['audit', command, '--data-dir', place.dataDir, ...more]);

function parsed(ran: Ran) {
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  return JSON.parse(ran.stdout);
}

describe('insiders audit list', () => {
  it('prints the entries, newest first, one on each line', async () => {
    const ran = await audit('list');
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    const lines = ran.stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toBe(
      '2  2026-05-01T12:00:01.000Z  user:7  application.suspended  application:x  from 192.0.2.1  before {"status":"active"}  after {"status":"suspended"}',
    );
    expect(lines[2]).toBe('1  2026-05-01T12:00:00.000Z  command-line  application.created  application:x');
  });

  it('escapes the characters that a terminal would execute', async () => {
    const { stdout } = await audit('list');
    expect(stdout).toContain('\\u{d}\\u{a}\\u{1b}[2J\\u{202e};ü😀');
    expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('prints JSON for a program', async () => {
    const { entries, next } = parsed(await audit('list', '--json', '--limit', '1'));
    expect(entries).toEqual([
      {
        id: 3,
        at: now + 2000,
        time: '2026-05-01T12:00:02.000Z',
        actor: 'platform',
        action: 'session.refused',
        subject: hostile,
        detail: { agent: hostile },
        previous_hash: expect.stringMatching(/^[\w-]{43}$/),
        hash: expect.stringMatching(/^[\w-]{43}$/),
      },
    ]);
    expect(next).toBe(3);
    expect(parsed(await audit('list', '--json', '--before', '3')).entries).toHaveLength(2);
  });

  it.each<[number[], string[]]>([
    [
      [3, 2],
      ['--since', '2026-05-01T12:00:01Z'],
    ],
    [[1], ['--until', '2026-05-01T14:00:01+02:00']],
    [[], ['--since', '2026-05-02']],
    [[2], ['--actor', 'user:7']],
    [
      [2, 1],
      ['--action', 'application.'],
    ],
    [[1], ['--action', 'application.created']],
    [
      [2, 1],
      ['--subject', 'application:x'],
    ],
    [[2], ['--search', 'SUSPENDED']],
  ])('finds %j for %j', async (ids, filters) => {
    const { entries } = parsed(await audit('list', '--json', ...filters));
    expect(entries.map(({ id }: { id: number }) => id)).toEqual(ids);
  });

  it('says that there may be more entries, and that there is none', async () => {
    expect((await audit('list', '--limit', '2')).stdout).toMatch(/\nThere may be more: add --before 2\n$/);
    expect((await audit('list', '--actor', 'user:8')).stdout).toBe('No entry was found.\n');
  });

  it('finds a user by email address or name, and an application by name or client ID', async () => {
    const { dataDir, remove } = newPlace();
    const filters: (readonly string[])[] = [];
    await fill(dataDir, async (store) => {
      const [person, application] = [
        await newUser({ store }),
        await newApplication({ store }, { name: 'Äther Planner' }),
      ];
      const actor = { kind: 'user', id: person.id } as const;
      const subject = `application:${application.clientId}`;
      await store.audit.append({ at: now, actor, action: 'application.suspended', subject });
      filters.push(['--actor', person.email.toUpperCase()], ['--actor', 'anna  KELLER']);
      filters.push(['--subject', 'äther planner'], ['--subject', application.clientId]);
    });
    for (const filter of filters) {
      const { entries } = parsed(await run(['audit', 'list', '--data-dir', dataDir, '--json', ...filter]));
      const actions = entries.map(({ action }: { action: string }) => action);
      expect([filter, actions]).toEqual([filter, ['application.suspended']]);
    }
    remove();
  });

  it.each([
    ['--actor', 'nobody@club.example', 'No user or application has'],
    ['--actor', 'Peak', 'No user or application has'],
    ['--subject', 'planet:1', 'No user or application has'],
    ['--action', 'exploded.', 'No event is called exploded.'],
    ['--action', '', 'No event is called'],
    ['--actor', '', 'No user or application has'],
  ])('refuses %s %s, which matches no user, application or action', async (option, value, message) => {
    const ran = await audit('list', option, value);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toContain(`error: ${option}: ${message}`);
  });

  it.each([
    ['--since', 'yesterday'],
    ['--until', '2026-05-01T12:00'],
    ['--actor', 'me'],
    ['--search', ''],
    ['--limit', '0'],
    ['--limit', '1001'],
    ['--before', '-1'],
  ])('refuses %s %s', async (option, value) => {
    expect(await audit('list', option, value)).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('insiders audit export', () => {
  it('writes JSON lines, oldest first, with hostile text unchanged', async () => {
    const { code, stdout } = await audit('export');
    expect([code, stdout.endsWith('}\n')]).toEqual([0, true]);
    const entries = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(entries.pop()).toEqual({ audit_head: `3:${entries[2].hash}` });
    expect(entries.map(({ subject }) => subject)).toEqual(events.map(({ subject }) => subject));
    expect(entries[2]).toMatchObject({ detail: { agent: hostile }, previous_hash: entries[1].hash });
  });

  it('writes CSV in which no field is a formula and no text ends its field', async () => {
    const { stdout } = await audit('export', '--format', 'csv');
    const rows = [...stdout.matchAll(/((?:"(?:[^"]|"")*",?)+)\r\n/g)].map(([, row = '']) =>
      [...row.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map(([, field = '']) => field.replaceAll('""', '"')),
    );
    expect(rows).toHaveLength(4);
    expect(rows[0]?.slice(0, 6)).toEqual(['id', 'time', 'actor', 'action', 'subject', 'from']);
    expect(rows[3]?.slice(0, 7)).toEqual([
      '3',
      '2026-05-01T12:00:02.000Z',
      'platform',
      'session.refused',
      `'${hostile}`,
      '',
      JSON.stringify({ agent: hostile }),
    ]);
    expect(rows.every((row) => row.length === 11)).toBe(true);
    expect(rows.flat().filter((field) => /^[=+\-@\t\r]/.test(field))).toEqual([]);
  });

  it('writes a new file that only its owner can read, and never overwrites a file', async () => {
    const file = join(place.directory, 'log.jsonl');
    expect(parsed(await audit('export', '--out', file, '--json'))).toEqual({ file, entries: 3 });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toBe((await audit('export')).stdout);

    writeFileSync(file, 'precious');
    expect(await audit('export', '--out', file)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `${file} exists already.\n`,
    });
    expect(readFileSync(file, 'utf8')).toBe('precious');
  });

  it('refuses a directory that does not exist', async () => {
    const file = join(place.directory, 'none', 'log.csv');
    const ran = await audit('export', '--format', 'csv', '--out', file);
    expect(ran).toMatchObject({ code: 1, stdout: '', stderr: `${file} can't be written.\n` });
    expect(existsSync(file)).toBe(false);
  });

  it('refuses an unknown format', async () => {
    expect(await audit('export', '--format', 'xml')).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('insiders audit verify', () => {
  it('confirms that every entry is as it was appended, and prints the head', async () => {
    const last = parsed(await audit('list', '--json', '--limit', '1')).entries[0];
    expect(parsed(await audit('verify', '--json'))).toEqual({
      ok: true,
      entries: 3,
      last_id: 3,
      head: last.hash,
      unkeyed: 3,
      sealed: [],
    });
    const { stdout } = await audit('verify');
    expect(stdout).toBe(`3 entries, all as they were appended. Head: ${last.hash}. No entry has a key yet.\n`);
  });

  it('accepts an empty log', async () => {
    const empty = newPlace();
    const ran = await run(['audit', 'verify', '--data-dir', empty.dataDir, '--json']);
    expect(parsed(ran)).toMatchObject({ ok: true, entries: 0, last_id: null, head: 'A'.repeat(43) });
    empty.remove();
  });

  it('fails on an edited log, and names the first changed entry', async () => {
    const { dataDir, remove } = newPlace();
    await fill(dataDir);
    await withDatabase({ dataDir }, async (database) => {
      await unlockAuditLog(database);
      await database.run(`update audit_events set before = '{"status":', at = 9e15 where id = 2`);
    });
    const json = await run(['audit', 'verify', '--data-dir', dataDir, '--json']);
    expect([json.code, JSON.parse(json.stdout)]).toEqual([1, { ok: false, id: 2, reason: 'changed', sound: 1 }]);
    const ran = await run(['audit', 'verify', '--data-dir', dataDir]);
    expect(ran).toMatchObject({
      code: 1,
      stdout: 'The audit log is broken after 1 sound entries: entry 2 is not what was appended.\n',
    });
    const listed = await run(['audit', 'list', '--data-dir', dataDir]);
    expect(listed.code).toBe(0);
    expect(listed.stdout).toContain('before {"unreadable":"{\\"status\\":"}');
    remove();
  });
});
