import { describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../../src/ports/audit.ts';
import type { AuditVerdict, Store } from '../../../src/ports/store/index.ts';
import { type RawDatabase, unlockAuditLog, withDatabase } from '../../support/database.ts';
import { inParallel, now } from './fixtures.ts';
import type { Databases } from './index.ts';

const event = (index: number): AuditEvent => ({
  at: now + index,
  actor: { kind: 'user', id: 7 },
  action: 'device.taken',
  subject: `device:${index}`,
  from: '192.0.2.1',
  detail: { number: index },
});

export function auditChainContract({ newDatabase, openOn }: Databases): void {
  /** Appends entries 1, 2, …, edits the database directly, and returns the verdict of a check. */
  async function tampered(entries: number, edit: (database: RawDatabase) => Promise<unknown>): Promise<AuditVerdict> {
    const options = await newDatabase();
    const { audit } = await openOn(options);
    for (let index = 1; index <= entries; index += 1) await audit.append(event(index));
    await withDatabase(options, async (database) => {
      await unlockAuditLog(database);
      await edit(database);
    });
    return audit.verify();
  }

  describe('the chain of the audit log', () => {
    it('is valid while it is empty, and after each entry', async () => {
      const { audit } = await openOn(await newDatabase());
      expect(await audit.verify()).toEqual({ outcome: 'ok', entries: 0, lastId: null, head: 'A'.repeat(43) });
      await audit.append(event(1));
      await audit.append(event(2));
      const [first, second] = await audit.readAll(null, 10);
      expect(second).toMatchObject({ ...event(2), previousHash: first?.hash });
      expect(await audit.verify()).toEqual({ outcome: 'ok', entries: 2, lastId: second?.id, head: second?.hash });
    });

    it('has no forks after 50 parallel appends by two stores on one database', async () => {
      const options = await newDatabase();
      const stores = [await openOn(options), await openOn(options)] as const;
      await inParallel(50, (index) => stores[index % 2 === 0 ? 0 : 1].audit.append(event(index)));
      for (const { audit } of stores) {
        const entries = await audit.readAll(null, 100);
        expect(new Set(entries.map(({ subject }) => subject)).size).toBe(50);
        expect(entries.slice(1).map(({ previousHash }) => previousHash)).toEqual(
          entries.slice(0, -1).map(({ hash }) => hash),
        );
        expect(await audit.verify()).toMatchObject({ outcome: 'ok', entries: 50, head: entries.at(-1)?.hash });
      }
    });

    it('can be checked during appends', async () => {
      const { audit } = await openOn(await newDatabase());
      await inParallel(20, (index) => audit.append(event(index)));
      const appending = inParallel(30, (index) => audit.append(event(index)));
      const verdicts = await inParallel(5, () => audit.verify());
      expect(verdicts.map(({ outcome }) => outcome)).toEqual(Array(5).fill('ok'));
      await appending;
      expect(await audit.verify()).toMatchObject({ outcome: 'ok', entries: 50 });
    });

    it('continues after an append that failed', async () => {
      const { audit } = await openOn(await newDatabase());
      await audit.append(event(1));
      await expect(audit.append({ ...event(2), subject: 'device:\0' })).rejects.toThrow('no database can hold');
      await audit.append(event(3));
      expect(await audit.verify()).toMatchObject({ outcome: 'ok', entries: 2 });
    });

    it('includes the entries of a log without a chain, even after newer migrations', async () => {
      const options = await newDatabase();
      const first = await openOn(options);
      await inParallel(3, (index) => first.audit.append(event(index)));
      const before = await first.audit.latest(10);
      await first.close();
      await withDatabase(options, unchain);

      const { audit } = await openOn(options);
      expect(await audit.latest(10)).toEqual(before);
      expect(await audit.verify()).toMatchObject({ outcome: 'ok', entries: 3 });
      await audit.append(event(4));
      expect(await audit.verify()).toMatchObject({ outcome: 'ok', entries: 4 });
      await withDatabase(options, ({ run }) => expect(run('delete from audit_events')).rejects.toThrow(/append-only/));
    });

    it('reports the progress of a check', async () => {
      const { audit } = await openOn(await newDatabase());
      await inParallel(3, (index) => audit.append(event(index)));
      const reported: number[] = [];
      await audit.verify((checked) => reported.push(checked));
      expect(reported.at(-1)).toBe(3);
    });
  });

  describe('the database', () => {
    it.each([
      ["update audit_events set subject = 'x'"],
      ['update audit_events set id = 9 where id = 1'],
      ['delete from audit_events where id = 1'],
      ['delete from audit_events'],
    ])('refuses to change the audit log: %s', async (statement) => {
      const options = await newDatabase();
      const { audit } = await openOn(options);
      await audit.append(event(1));
      await withDatabase(options, ({ run }) => expect(run(statement)).rejects.toThrow(/append-only|only be updated/));
      expect(await audit.latest(10)).toEqual([event(1)]);
    });

    it('refuses a second entry after the same one', async () => {
      const options = await newDatabase();
      const { audit } = await openOn(options);
      await audit.append(event(1));
      await audit.append(event(2));
      await withDatabase(options, async ({ run }) => {
        const twin = `insert into audit_events (at, actor_kind, action, subject, hash, previous_hash)
          select at, actor_kind, action, 'x', hash, previous_hash from audit_events where id = 2`;
        await expect(run(twin)).rejects.toThrow(/unique/i);
      });
    });
  });

  describe('a check of the audit log finds', () => {
    it.each([
      ['at', 'at + 1'],
      ['actor_kind', "'application'"],
      ['actor_id', "'8'"],
      ['action', "'device.released'"],
      ['subject', "'device:9'"],
      ['address', 'null'],
      ['detail', `'{"number":4}'`],
      ['detail', "'no json'"],
      ['before', "'{}'"],
      ['after', "'{}'"],
      ['hash', "'x'"],
      ['previous_hash', "'x'"],
    ])('a changed %s, %s', async (column, value) => {
      const verdict = await tampered(4, ({ run }) =>
        run(`update audit_events set "${column}" = ${value} where id = 3`),
      );
      expect(verdict).toEqual({ outcome: 'broken', id: 3, reason: 'changed', sound: 2 });
    });

    it('a deleted entry', async () => {
      const verdict = await tampered(4, ({ run }) => run('delete from audit_events where id = 2'));
      expect(verdict).toEqual({ outcome: 'broken', id: 3, reason: 'missing', sound: 1 });
    });

    it('a deleted first entry', async () => {
      const verdict = await tampered(4, ({ run }) => run('delete from audit_events where id = 1'));
      expect(verdict).toEqual({ outcome: 'broken', id: 2, reason: 'missing', sound: 0 });
    });

    it('a deleted last entry', async () => {
      const verdict = await tampered(4, ({ run }) => run('delete from audit_events where id = 4'));
      expect(verdict).toEqual({ outcome: 'broken', id: 4, reason: 'truncated', sound: 3 });
    });

    it('a log without its entries', async () => {
      const verdict = await tampered(4, ({ run }) => run('delete from audit_events'));
      expect(verdict).toEqual({ outcome: 'broken', id: 4, reason: 'truncated', sound: 0 });
    });

    it('two entries in the wrong order', async () => {
      const verdict = await tampered(4, async ({ run }) => {
        await run('update audit_events set id = 99 where id = 2');
        await run('update audit_events set id = 2 where id = 3');
        await run('update audit_events set id = 3 where id = 99');
      });
      expect(verdict).toEqual({ outcome: 'broken', id: 2, reason: 'reordered', sound: 1 });
    });

    it.each([
      ['before the first', -5, 0, 'inserted'],
      ['between two', 3, 2, 'inserted'],
      ['at the end', 99, 4, 'inserted'],
    ])('an entry that was inserted %s', async (_, id, sound, reason) => {
      const verdict = await tampered(4, async ({ run }) => {
        if (id === 3) for (const old of [4, 3]) await run(`update audit_events set id = ${old + 1} where id = ${old}`);
        if (id === 3) await run('update audit_head set entry_id = 5');
        await run(`insert into audit_events (id, at, actor_kind, action, subject, hash, previous_hash)
          values (${id}, ${now}, 'platform', 'device.taken', 'device:1', 'x', 'y')`);
      });
      expect(verdict).toEqual({ outcome: 'broken', id, reason, sound });
    });

    it('a log that was cut off together with its head, if the head was stored elsewhere', async () => {
      const options = await newDatabase();
      const { audit } = await openOn(options);
      await inParallel(3, (index) => audit.append(event(index)));
      const before = await audit.verify();
      await withDatabase(options, async (database) => {
        await unlockAuditLog(database);
        await database.run('delete from audit_events where id = 3');
        const last = '(select hash from audit_events where id = 2)';
        await database.run(`update audit_head set entries = 2, entry_id = 2, hash = ${last}`);
      });
      const verdict = await audit.verify();
      expect(verdict).toMatchObject({ outcome: 'ok', entries: 2 });
      expect(verdict).not.toMatchObject({ head: (before as { head: string }).head });
    });

    it('a deleted head, without which nothing is appended', async () => {
      const options = await newDatabase();
      const { audit } = await openOn(options);
      await audit.append(event(1));
      await withDatabase(options, ({ run }) => run('delete from audit_head'));
      expect(await audit.verify()).toEqual({ outcome: 'broken', id: null, reason: 'headless', sound: 0 });
      await expect(audit.append(event(2))).rejects.toThrow('no head');
      expect(await audit.latest(10)).toEqual([event(1)]);
    });

    it('errors in a log that is longer than one batch', async () => {
      const options = await newDatabase();
      const { audit }: Store = await openOn(options);
      for (let step = 0; step < 4; step += 1) await inParallel(501, (index) => audit.append(event(index)));
      expect(await audit.verify()).toMatchObject({ outcome: 'ok', entries: 2004 });
      await withDatabase(options, async (database) => {
        await unlockAuditLog(database);
        await database.run('update audit_events set id = 9999 where id = 1000');
        await database.run('update audit_events set id = 1000 where id = 1001');
        await database.run('update audit_events set id = 1001 where id = 9999');
      });
      expect(await audit.verify()).toEqual({ outcome: 'broken', id: 1000, reason: 'reordered', sound: 999 });
      await withDatabase(options, ({ run }) => run('delete from audit_events where id = 500'));
      expect(await audit.verify()).toEqual({ outcome: 'broken', id: 501, reason: 'missing', sound: 499 });
    });
  });
}

/** Reverts the migration that added the chain. */
async function unchain(database: RawDatabase): Promise<void> {
  await unlockAuditLog(database);
  for (const index of ['previous_hash', 'time', 'actor', 'action', 'subject']) {
    await database.run(`drop index audit_events_by_${index}`);
  }
  for (const column of ['before', 'after', 'hash', 'previous_hash']) {
    await database.run(`alter table audit_events drop column "${column}"`);
  }
  await database.run('drop table audit_head');
  await database.run("delete from migrations where name = '0007-audit-chain'");
}
