import { describe, expect, it } from 'vitest';
import type { AuditVerdict, Store } from '../../../src/ports/store/index.ts';
import { type RawDatabase, unlockAuditLog, withDatabase } from '../../support/database/sql.ts';
import { auditEvent } from './audit-fixtures.ts';
import { inParallel, now } from './fixtures.ts';
import type { Databases } from './index.ts';

export function auditVerifyContract({ newDatabase, openOn }: Databases): void {
  /** Appends entries 1, 2, …, edits the database directly, and returns the verdict of a check. */
  async function tampered(entries: number, edit: (database: RawDatabase) => Promise<unknown>): Promise<AuditVerdict> {
    const options = await newDatabase();
    const { audit } = await openOn(options);
    for (let index = 1; index <= entries; index += 1) await audit.append(auditEvent(index));
    await withDatabase(options, async (database) => {
      await unlockAuditLog(database);
      await edit(database);
    });
    return audit.verify();
  }

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
      await inParallel(3, (index) => audit.append(auditEvent(index)));
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
      await audit.append(auditEvent(1));
      await withDatabase(options, ({ run }) => run('delete from audit_head'));
      expect(await audit.verify()).toEqual({ outcome: 'broken', id: null, reason: 'headless', sound: 0 });
      await expect(audit.append(auditEvent(2))).rejects.toThrow('no head');
      expect(await audit.latest(10)).toEqual([auditEvent(1)]);
    });

    it('errors in a log that is longer than one batch', async () => {
      const options = await newDatabase();
      const { audit }: Store = await openOn(options);
      for (let step = 0; step < 4; step += 1) await inParallel(501, (index) => audit.append(auditEvent(index)));
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
