import { describe, expect, it } from 'vitest';
import { type RawDatabase, unlockAuditLog, withDatabase } from '../../support/database/sql.ts';
import { auditEvent } from './audit-fixtures.ts';
import { inParallel } from './fixtures.ts';
import type { Databases } from './index.ts';

export function auditChainContract({ newDatabase, openOn }: Databases): void {
  describe('the chain of the audit log', () => {
    it('is valid while it is empty, and after each entry', async () => {
      const { audit } = await openOn(await newDatabase());
      expect(await audit.verify()).toMatchObject({ outcome: 'ok', entries: 0, lastId: null, head: 'A'.repeat(43) });
      await audit.append(auditEvent(1));
      await audit.append(auditEvent(2));
      const [first, second] = await audit.readAll(null, 10);
      expect(second).toMatchObject({ ...auditEvent(2), previousHash: first?.hash });
      expect(await audit.verify()).toMatchObject({ outcome: 'ok', entries: 2, lastId: second?.id, head: second?.hash });
    });

    it('has no forks after 50 parallel appends by two stores on one database', async () => {
      const options = await newDatabase();
      const stores = [await openOn(options), await openOn(options)] as const;
      await inParallel(50, (index) => stores[index % 2 === 0 ? 0 : 1].audit.append(auditEvent(index)));
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
      await inParallel(20, (index) => audit.append(auditEvent(index)));
      const appending = inParallel(30, (index) => audit.append(auditEvent(index)));
      const verdicts = await inParallel(5, () => audit.verify());
      expect(verdicts.map(({ outcome }) => outcome)).toEqual(Array(5).fill('ok'));
      await appending;
      expect(await audit.verify()).toMatchObject({ outcome: 'ok', entries: 50 });
    });

    it('continues after an append that failed', async () => {
      const { audit } = await openOn(await newDatabase());
      await audit.append(auditEvent(1));
      await expect(audit.append({ ...auditEvent(2), subject: 'device:\0' })).rejects.toThrow('no database can hold');
      await audit.append(auditEvent(3));
      expect(await audit.verify()).toMatchObject({ outcome: 'ok', entries: 2 });
    });

    it('includes the entries of a log without a chain, even after newer migrations', async () => {
      const options = await newDatabase();
      const first = await openOn(options);
      await inParallel(3, (index) => first.audit.append(auditEvent(index)));
      const before = await first.audit.latest(10);
      await first.close();
      await withDatabase(options, unchain);

      const { audit } = await openOn(options);
      expect(await audit.latest(10)).toEqual(before);
      expect(await audit.verify()).toMatchObject({ outcome: 'ok', entries: 3 });
      await audit.append(auditEvent(4));
      expect(await audit.verify()).toMatchObject({ outcome: 'ok', entries: 4 });
      await withDatabase(options, ({ run }) => expect(run('delete from audit_events')).rejects.toThrow(/append-only/));
    });

    it('reports the progress of a check', async () => {
      const { audit } = await openOn(await newDatabase());
      await inParallel(3, (index) => audit.append(auditEvent(index)));
      const reported: number[] = [];
      await audit.verify({ progress: (checked) => reported.push(checked) });
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
      await audit.append(auditEvent(1));
      await withDatabase(options, ({ run }) => expect(run(statement)).rejects.toThrow(/append-only|only be updated/));
      expect(await audit.latest(10)).toEqual([auditEvent(1)]);
    });

    it('refuses a second entry after the same one', async () => {
      const options = await newDatabase();
      const { audit } = await openOn(options);
      await audit.append(auditEvent(1));
      await audit.append(auditEvent(2));
      await withDatabase(options, async ({ run }) => {
        const twin = `insert into audit_events (at, actor_kind, action, subject, hash, previous_hash)
          select at, actor_kind, action, 'x', hash, previous_hash from audit_events where id = 2`;
        await expect(run(twin)).rejects.toThrow(/unique/i);
      });
    });
  });
}

/** Reverts the migration that added the chain. */
async function unchain(database: RawDatabase): Promise<void> {
  await unlockAuditLog(database);
  for (const index of ['previous_hash', 'time', 'actor', 'action', 'subject']) {
    await database.run(`drop index audit_events_by_${index}`);
  }
  for (const column of ['before', 'after', 'hash', 'previous_hash', 'key', 'mac']) {
    await database.run(`alter table audit_events drop column "${column}"`);
  }
  await database.run('drop table audit_head');
  await database.run("delete from migrations where name in ('0007-audit-chain', '0016-audit-keys')");
}
