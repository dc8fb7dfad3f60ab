import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AuditEvent } from '../../src/ports/audit.ts';
import { type AvailabilityChange, StoreUnavailable } from '../../src/ports/store/index.ts';
import { openStore } from '../../src/storage/open.ts';
import { testChangeRecord } from '../support/database/change-records.ts';
import { connect, createSchema } from '../support/database/postgres.ts';
import { startTcpProxy } from '../support/network/tcp-proxy.ts';
import { createUser } from './contract/fixtures.ts';

describe('PostgreSQL', () => {
  it('is unavailable where no server listens', async () => {
    await expect(openStore({ databaseUrl: 'postgres://127.0.0.1:1/none' })).rejects.toThrow(StoreUnavailable);
  });

  it('is used again after the server ended all connections', async () => {
    const databaseUrl = await createSchema();
    const store = await openStore({ databaseUrl });
    onTestFinished(() => store.close());
    const user = await createUser(store);

    const administrator = new pg.Client({ connectionString: databaseUrl });
    await administrator.connect();
    await administrator.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`);
    await administrator.end();

    // Only the current statements fail.
    await expect.poll(() => store.users.find(user.id)).toEqual(user);
    await store.maintenance.check({ write: true });
  });

  it('fails transactions whose connections are terminated, and reports the outage once', async () => {
    const databaseUrl = await createSchema();
    const store = await openStore({ databaseUrl });
    onTestFinished(() => store.close());
    const changes: AvailabilityChange[] = [];
    store.maintenance.onAvailability((change) => void changes.push(change));
    const [locking, administrator] = [await connect(databaseUrl), await connect(databaseUrl)];
    onTestFinished(async () => {
      await locking.end();
      await administrator.end();
    });

    // Opens the connections of the pool.
    await Promise.all(Array.from({ length: 5 }, () => store.audit.latest(1)));
    // Appends to the audit log wait for this lock, in the middle of their transactions.
    await locking.query('begin');
    await locking.query('lock table audit_head in access exclusive mode');
    const appends = Promise.allSettled(Array.from({ length: 5 }, () => store.audit.append(event)));
    await expect.poll(async () => (await administrator.query(waitingForLocks)).rowCount, { timeout: 4000 }).toBe(5);
    await administrator.query(`select pg_terminate_backend(pid) from (${waitingForLocks}) as waiting`);
    for (const result of await appends) {
      expect(result).toMatchObject({ status: 'rejected', reason: expect.any(StoreUnavailable) });
    }
    await locking.query('rollback');

    await store.audit.append(event);
    expect(await store.audit.latest(10)).toHaveLength(1);
    expect(changes).toEqual([{ state: 'unavailable', cause: expect.any(StoreUnavailable) }]);
    await setTimeout(1100);
    await store.audit.latest(1);
    expect(changes[1]).toEqual({ state: 'available', afterMs: expect.any(Number) });
    expect(changes).toHaveLength(2);
  });

  it.each(['break', 'silence'] as const)('never repeats a write whose commit got no response (%s)', async (effect) => {
    const { store, proxy } = await openThroughProxy();

    proxy.trap = { text: 'commit', effect };
    await expect(store.audit.append(event)).rejects.toThrow(StoreUnavailable);
    // PostgreSQL had committed it; a retry would have appended a second entry.
    expect(await store.audit.latest(10)).toHaveLength(1);
    await store.audit.append(event);
    expect(await store.audit.latest(10)).toHaveLength(2);
  });

  it('closes a connection whose rollback got no response', async () => {
    const { store, proxy } = await openThroughProxy();
    const user = await createUser(store);
    await store.users.setAdministratorRole(user.id, 'administrator', testChangeRecord);

    proxy.trap = { text: 'rollback', effect: 'silence' };
    expect(await store.users.setAdministratorRole(user.id, null, testChangeRecord)).toBe('last_administrator');
    expect(await store.users.find(user.id)).toMatchObject({ administratorRole: 'administrator' });
    expect(await store.users.setAdministratorRole(user.id, 'administrator', testChangeRecord)).toBe('changed');
  });
});

async function openThroughProxy() {
  const databaseUrl = new URL(await createSchema());
  const proxy = await startTcpProxy(Number(databaseUrl.port));
  databaseUrl.port = String(proxy.port);
  const store = await openStore({ databaseUrl: databaseUrl.href });
  onTestFinished(async () => {
    await store.close();
    proxy.close();
  });
  return { store, proxy };
}

const event: AuditEvent = { at: 0, actor: { kind: 'platform' }, action: 'test.fault', subject: 'nobody' };

const waitingForLocks = `select pid from pg_stat_activity
  where datname = current_database() and wait_event_type = 'Lock' and application_name = 'insiders'`;
