import { randomBytes } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AuditEvent } from '../../src/ports/audit.ts';
import type { Key } from '../../src/ports/keys.ts';
import type { AuditAnchor, Store } from '../../src/ports/store/index.ts';
import type { StoredEntry } from '../../src/storage/audit/audit-chain.ts';
import { entryHash, entryMac, genesisHash } from '../../src/storage/audit/audit-hash.ts';
import { openStore } from '../../src/storage/open.ts';
import { auditKeyOf, auditKeysOf } from '../../src/system/audit-keys.ts';
import { type RawDatabase, unlockAuditLog, withDatabase } from '../support/database/sql.ts';
import { newPostgresLocation, newSqliteLocation, type StoreLocation } from '../support/database/stores.ts';

const newKey = (id: number): Key => ({ id, secret: randomBytes(32) });
const [first, second, strangers] = [newKey(0), newKey(1), newKey(0)];
const ringOf = (...ring: readonly [Key, ...Key[]]) =>
  auditKeysOf({ current: () => ring[0], find: (wanted) => ring.find(({ id }) => id === wanted) });
const nameOf = (key: Key) => auditKeyOf(key).name;

const event = (subject: string, more: Partial<AuditEvent> = {}): AuditEvent => ({
  at: Date.UTC(2026, 4, 1),
  actor: { kind: 'user', id: 7 },
  action: 'device.taken',
  subject,
  ...more,
});
const retired = (...keys: readonly Key[]): AuditEvent =>
  event('platform', { action: 'keys.retired', detail: { sealed: keys.map(nameOf) } });

/** Writes the whole log again, as the owner of the database can, under `key` or with the hashes of earlier releases. */
async function rewrite(database: RawDatabase, key: Key | null, edit: (entry: StoredEntry) => StoredEntry | null) {
  const rows = (await database.run('select * from audit_events order by id')) as unknown as StoredEntry[];
  await unlockAuditLog(database);
  await database.run('delete from audit_events');
  let [head, last, entries] = [genesisHash, 0, 0];
  for (const row of rows) {
    const edited = edit(row);
    if (edited === null) continue;
    const hash = entryHash(head, edited);
    const links = { hash, previous_hash: head, key: key && nameOf(key), mac: key && entryMac(auditKeyOf(key), hash) };
    const values = Object.entries({ ...edited, ...links });
    const columns = values.map(([column]) => `"${column}"`);
    const texts = values.map(([, value]) => (value === null ? 'null' : `'${String(value).replaceAll("'", "''")}'`));
    await database.run(`insert into audit_events (${columns.join()}) values (${texts.join()})`);
    head = hash;
    last = row.id;
    entries += 1;
  }
  const name = key === null ? 'null' : `'${nameOf(key)}'`;
  await database.run(`update audit_head set hash = '${head}', entry_id = ${last}, entries = ${entries}, key = ${name}`);
}

const disguise = (entry: StoredEntry): StoredEntry =>
  entry.subject === 'device:2' ? { ...entry, subject: 'device:9' } : entry;
const cutAfter = (id: number) => (entry: StoredEntry) => (entry.id <= id ? entry : null);

describe.each([
  ['SQLite', newSqliteLocation],
  ['PostgreSQL', newPostgresLocation],
] as const)('on %s, with full access to the database but without the keys, a stranger', (_, newPlace) => {
  interface Log {
    readonly store: Store;
    readonly attack: <T>(work: (database: RawDatabase) => Promise<T>) => Promise<T>;
    readonly place: StoreLocation;
  }

  /** A log with four entries, under the key `first` or without a key. */
  async function newLog(keyed = true): Promise<Log> {
    const place = await newPlace();
    const store = await openStore(place.options);
    onTestFinished(async () => {
      await store.close();
      await place.remove();
    });
    if (keyed) store.audit.useKeys(ringOf(first));
    for (const number of [1, 2, 3, 4]) await store.audit.append(event(`device:${number}`));
    return { store, place, attack: (work) => withDatabase(place.options, work) };
  }

  const headOf = async ({ store }: Log): Promise<AuditAnchor> => {
    const head = await store.audit.head();
    if (head === undefined) throw new Error('The log is empty');
    return head;
  };

  it("can't change an entry", async () => {
    const log = await newLog();
    await log.attack(async (database) => {
      await unlockAuditLog(database);
      await database.run("update audit_events set subject = 'device:9' where id = 2");
    });
    expect(await log.store.audit.verify()).toMatchObject({ outcome: 'broken', reason: 'changed', id: 2 });
  });

  it("can't change an entry and compute all later hashes again", async () => {
    const log = await newLog();
    const macs = await log.attack((database) => database.run('select id, key, mac from audit_events'));
    await log.attack((database) => rewrite(database, null, disguise));
    await log.attack(async ({ run }) => {
      for (const { id, key, mac } of macs) {
        await run(`update audit_events set key = '${key}', mac = '${mac}' where id = ${id}`);
      }
    });
    expect(await log.store.audit.verify()).toMatchObject({ outcome: 'broken', reason: 'forged', id: 2, sound: 1 });
  });

  it("can't rewrite the log with the hashes of earlier releases", async () => {
    const log = await newLog();
    await log.attack((database) => rewrite(database, null, disguise));
    expect(await log.store.audit.verify()).toMatchObject({ outcome: 'broken', reason: 'unprotected' });
  });

  it("can't rewrite the log with the hashes of earlier releases, even if a server starts before the check", async () => {
    const log = await newLog();
    const anchors = [await headOf(log)];
    await log.attack((database) => rewrite(database, null, disguise));
    expect(await log.store.audit.protect(event('platform', { action: 'audit.protected' }))).toBe(true);
    expect(await log.store.audit.verify()).toMatchObject({ outcome: 'ok', unkeyed: 4 });
    expect(await log.store.audit.verify({ anchors })).toMatchObject({ outcome: 'broken', reason: 'unanchored', id: 4 });
  });

  it("can't rewrite the log under another key, even one with the same ID", async () => {
    const log = await newLog();
    await log.attack((database) => rewrite(database, strangers, disguise));
    const use = { key: nameOf(strangers), first: 1, last: 4, entries: 4 };
    expect(await log.store.audit.verify()).toEqual({ outcome: 'unchecked', entries: 4, keys: [use] });
  });

  it("can't append an entry of another key that the platform then continues", async () => {
    const log = await newLog();
    const forger = await openStore(log.place.options);
    onTestFinished(() => forger.close());
    forger.audit.useKeys(ringOf(strangers));
    await forger.audit.append(event('device:666'));
    await log.store.audit.append(event('device:5'));
    const keys = [expect.objectContaining({ key: nameOf(strangers), first: 5, last: 5 })];
    expect(await log.store.audit.verify()).toMatchObject({ outcome: 'unchecked', keys });
  });

  it("can't seal a key of their own", async () => {
    const log = await newLog();
    const forger = await openStore(log.place.options);
    onTestFinished(() => forger.close());
    forger.audit.useKeys(ringOf(strangers));
    await forger.audit.append(retired(strangers));
    expect(await log.store.audit.verify()).toMatchObject({ outcome: 'unchecked' });
  });

  it("can't append an entry without a key", async () => {
    const log = await newLog();
    await log.attack(({ run }) => run('update audit_head set key = null'));
    const forger = await openStore(log.place.options);
    onTestFinished(() => forger.close());
    await forger.audit.append(event('device:666'));
    await log.store.audit.append(event('device:5'));
    expect(await log.store.audit.verify()).toMatchObject({ outcome: 'broken', reason: 'unkeyed', id: 5, sound: 4 });
  });

  it("can't remove the key of an entry", async () => {
    const log = await newLog();
    await log.attack(async (database) => {
      await unlockAuditLog(database);
      await database.run('update audit_events set key = null, mac = null where id = 3');
    });
    expect(await log.store.audit.verify()).toMatchObject({ outcome: 'broken', reason: 'unkeyed', id: 3 });
  });

  it("can't cut the end off", async () => {
    const log = await newLog();
    await log.attack(async (database) => {
      await unlockAuditLog(database);
      await database.run('delete from audit_events where id > 2');
    });
    expect(await log.store.audit.verify()).toMatchObject({ outcome: 'broken', reason: 'truncated', id: 4, sound: 2 });
  });

  it.each([
    ['and set the head back', false],
    ['set the head back, and let the platform continue', true],
  ])("can't cut the end off %s, if the head was stored elsewhere", async (_case, isContinued) => {
    const log = await newLog();
    const anchors = [await headOf(log)];
    await log.attack(async (database) => {
      await unlockAuditLog(database);
      await database.run('delete from audit_events where id > 2');
      const last = '(select hash from audit_events where id = 2)';
      await database.run(`update audit_head set hash = ${last}, entry_id = 2, entries = 2`);
    });
    if (isContinued) await log.store.audit.append(event('device:5'));
    expect(await log.store.audit.verify()).toMatchObject({ outcome: 'ok' });
    expect(await log.store.audit.verify({ anchors })).toMatchObject({ outcome: 'broken', reason: 'unanchored', id: 4 });
  });

  it("can't empty the log, if the head was stored elsewhere", async () => {
    const log = await newLog();
    const anchors = [await headOf(log)];
    await log.attack((database) => rewrite(database, null, cutAfter(0)));
    expect(await log.store.audit.verify({ anchors })).toMatchObject({ outcome: 'broken', reason: 'unanchored', id: 4 });
  });

  it("can't add a forged anchor unnoticed", async () => {
    const log = await newLog();
    const anchor = await headOf(log);
    for (const forged of [
      { ...anchor, hash: 'x'.repeat(43) },
      { ...anchor, id: 3 },
      { ...anchor, id: 99 },
    ]) {
      const verdict = await log.store.audit.verify({ anchors: [anchor, forged, anchor] });
      expect(verdict).toMatchObject({ outcome: 'broken', reason: 'unanchored', id: forged.id });
    }
    expect(await log.store.audit.verify({ anchors: [anchor, anchor] })).toMatchObject({ outcome: 'ok' });
  });

  it("can't change entries of a key that was retired", async () => {
    const log = await newLog();
    log.store.audit.useKeys(ringOf(second, first));
    await log.store.audit.append(retired(first));
    log.store.audit.useKeys(ringOf(second));
    const sealed = [{ key: nameOf(first), first: 1, last: 4, entries: 4, sealedBy: 5 }];
    expect(await log.store.audit.verify()).toMatchObject({ outcome: 'ok', entries: 5, sealed });
    await log.attack((database) => rewrite(database, first, (entry) => disguise(entry)));
    expect(await log.store.audit.verify()).toMatchObject({ outcome: 'unchecked' });
  });

  it("can't append entries with a key that leaked and was retired", async () => {
    const log = await newLog();
    log.store.audit.useKeys(ringOf(second, first));
    await log.store.audit.append(retired(first));
    log.store.audit.useKeys(ringOf(first));
    await log.store.audit.append(event('device:666'));
    log.store.audit.useKeys(ringOf(second));
    await log.store.audit.append(event('device:5'));
    const keys = [expect.objectContaining({ key: nameOf(first), first: 6, last: 6 })];
    expect(await log.store.audit.verify()).toMatchObject({ outcome: 'unchecked', keys });
  });

  describe('cannot make a log fail that is in order:', () => {
    it('entries of earlier releases, and those with a key that follow', async () => {
      const log = await newLog(false);
      expect(await log.store.audit.verify()).toMatchObject({ outcome: 'ok', entries: 4, unkeyed: 4 });
      log.store.audit.useKeys(ringOf(first));
      expect(await log.store.audit.protect(event('platform', { action: 'audit.protected' }))).toBe(true);
      expect(await log.store.audit.protect(event('platform', { action: 'audit.protected' }))).toBe(false);
      expect(await log.store.audit.verify()).toMatchObject({ outcome: 'ok', entries: 5, unkeyed: 4, sealed: [] });
    });

    it('a rotation of the keys', async () => {
      const log = await newLog();
      log.store.audit.useKeys(ringOf(second, first));
      await log.store.audit.append(event('device:5'));
      expect(await log.store.audit.verify()).toMatchObject({ outcome: 'ok', entries: 5, unkeyed: 0, sealed: [] });
    });
  });

  it("can't make a process without the keys append to the log", async () => {
    const log = await newLog();
    const keyless = await openStore(log.place.options);
    onTestFinished(() => keyless.close());
    await expect(keyless.audit.append(event('device:5'))).rejects.toThrow('needs a key');
    expect(await log.store.audit.verify()).toMatchObject({ outcome: 'ok', entries: 4 });
  });
});
