import { describe, expect, it } from 'vitest';
import type { Store } from '../../../src/ports/store/index.ts';
import { testChangeRecord } from '../../support/database/change-records.ts';
import { never, newChangeRecord, once, timesStored } from './change-records.ts';
import { createApplication, inParallel, minute, now, tally, unique } from './fixtures.ts';
import type { Open } from './index.ts';

const day = 24 * 60 * minute;

const newSecret = () => ({ id: unique(), hash: unique(), lastFour: 'abcd' });

async function createSecret(store: Store) {
  const secret = newSecret();
  const { id: applicationId, clientId } = await createApplication(store, { secret });
  const revoke = (when: number | 'idle', time = now, record = testChangeRecord) =>
    store.secrets.revoke({ clientId, secretId: secret.id, when, now: time, record });
  return { ...secret, secretId: secret.id, applicationId, clientId, revoke };
}

export function secretsContract(open: Open): void {
  describe('client secrets', () => {
    it('are listed, oldest first, and found by their hash', async () => {
      const store = await open();
      const { applicationId, clientId, secretId: id, hash } = await createSecret(store);
      const added = newSecret();
      const record = newChangeRecord();
      expect(await store.secrets.add({ ...added, clientId, now: now + 1, record })).toBe('added');
      const states = { validUntil: null, lastUsedAt: null, idleSince: null };
      expect(await store.secrets.list(applicationId, now + 1)).toEqual([
        { id, hash, lastFour: 'abcd', createdAt: now, ...states },
        { ...added, createdAt: now + 1, ...states },
      ]);
      const secret = { ...added, createdAt: now + 1, validUntil: null };
      expect(await store.secrets.findByHash(added.hash, now)).toEqual({ secret, clientId });
      expect((await store.applications.findByClientId(clientId))?.secrets).toHaveLength(2);
      expect(await store.secrets.findByHash(unique(), now)).toBeUndefined();
      expect(await store.secrets.list('nobody', now)).toEqual([]);
      expect(await timesStored(store, record)).toEqual(once);
    });

    it('are at most two active ones, even after 10 parallel calls', async () => {
      const store = await open();
      const { applicationId, clientId, revoke } = await createSecret(store);
      const record = newChangeRecord();
      const add = (time: number) => store.secrets.add({ ...newSecret(), clientId, now: time, record });
      expect(tally(await inParallel(10, () => add(now)))).toEqual({ added: 1, too_many: 9 });
      expect(await store.secrets.list(applicationId, now)).toHaveLength(2);
      expect(await timesStored(store, record)).toEqual(once);
      // A secret that is revoked later is active until then.
      await revoke(now + minute);
      expect(await add(now + minute - 1)).toBe('too_many');
      expect(await add(now + minute)).toBe('added');
      expect(await store.secrets.list(applicationId, now + minute)).toHaveLength(3);
    });

    it('are not added to an unknown application, nor to a public client', async () => {
      const store = await open();
      const { clientId } = await createApplication(store, { confidential: false, secret: null });
      const record = newChangeRecord();
      for (const id of [clientId, 'nobody']) {
        expect(await store.secrets.add({ ...newSecret(), clientId: id, now, record })).toBe('unknown');
      }
      expect(await timesStored(store, record)).toEqual(never);
    });

    it('are revoked at their time, and listed for 30 more days', async () => {
      const store = await open();
      const { applicationId, hash, revoke } = await createSecret(store);
      const [done, refused] = [newChangeRecord(), newChangeRecord()];
      expect(await revoke(now + minute, now, done)).toBe('changed');
      expect(await revoke(now + 2 * minute)).toBe('changed');
      const end = now + 2 * minute;
      expect(await store.secrets.findByHash(hash, end - 1)).toMatchObject({ secret: { validUntil: end } });
      expect(await store.secrets.findByHash(hash, end)).toBeUndefined();
      expect(await store.secrets.list(applicationId, end + 30 * day - 1)).toHaveLength(1);
      expect(await store.secrets.list(applicationId, end + 30 * day)).toEqual([]);
      // A revoked secret can't become active again.
      expect(await revoke(end + minute, end, refused)).toBe('unknown');
      expect(await timesStored(store, done)).toEqual(once);
      expect(await timesStored(store, refused)).toEqual(never);
    });

    it('are revoked for their own application only, by one of 10 parallel calls', async () => {
      const store = await open();
      const [{ secretId, clientId, hash }, other] = [await createSecret(store), await createSecret(store)];
      const record = newChangeRecord();
      const revocation = { secretId, when: now, now, record };
      for (const id of [other.clientId, 'nobody']) {
        expect(await store.secrets.revoke({ ...revocation, clientId: id })).toBe('unknown');
      }
      expect(await store.secrets.revoke({ ...revocation, clientId, secretId: unique() })).toBe('unknown');
      expect(await store.secrets.findByHash(hash, now)).toBeDefined();
      expect(await timesStored(store, record)).toEqual(never);
      const outcomes = await inParallel(10, () => store.secrets.revoke({ ...revocation, clientId }));
      expect(tally(outcomes)).toEqual({ changed: 1, unknown: 9 });
      expect(await store.secrets.findByHash(hash, now)).toBeUndefined();
      expect(await timesStored(store, record)).toEqual(once);
    });

    it('never move the time of their last use back, whatever the order of the calls', async () => {
      const store = await open();
      const created = await inParallel(4, () => createSecret(store));
      const uses = (usedAt: number) => created.map(({ secretId }) => ({ secretId, usedAt }));
      await inParallel(20, (index) => {
        const some = [...uses(now + index), { secretId: unique(), usedAt: now }];
        return store.secrets.touch(index % 2 === 0 ? some : some.toReversed());
      });
      await store.secrets.touch(uses(now + 3));
      await store.secrets.touch([]);
      for (const { applicationId } of created) {
        expect(await store.secrets.list(applicationId, now)).toMatchObject([{ lastUsedAt: now + 19 }]);
      }
    });

    it('are revoked after a day without use if that was requested, with one entry each', async () => {
      const store = await open();
      const [idle, used, unmarked] = [await createSecret(store), await createSecret(store), await createSecret(store)];
      for (const each of [idle, used]) expect(await each.revoke('idle')).toBe('changed');
      await store.secrets.touch([idle, used].map(({ secretId }) => ({ secretId, usedAt: now - 1 })));
      await store.secrets.touch([{ secretId: used.secretId, usedAt: now + 1 }]);
      expect(await store.secrets.list(idle.applicationId, now)).toMatchObject([{ idleSince: now, validUntil: null }]);
      expect(await store.secrets.revokeIdle(now + day - 1)).toBe(0);
      const before = (await store.audit.latest(1000)).length;
      const revoked = await inParallel(5, () => store.secrets.revokeIdle(now + day));
      expect(revoked.toSorted()).toEqual([0, 0, 0, 0, 1]);
      const [entry, ...others] = await store.audit.latest(1000);
      expect(others).toHaveLength(before);
      const subject = `application:${idle.clientId}`;
      expect(entry).toMatchObject({ at: now + day, actor: { kind: 'platform' }, subject, detail: { when: 'idle' } });
      expect(await store.secrets.findByHash(idle.hash, now + day)).toBeUndefined();
      for (const { hash } of [used, unmarked]) expect(await store.secrets.findByHash(hash, now + day)).toBeDefined();
      expect(await store.secrets.revokeIdle(now + day + 1)).toBe(1);
      // A date replaces the revocation when idle.
      await unmarked.revoke('idle');
      await unmarked.revoke(now + 9 * day);
      expect(await store.secrets.revokeIdle(now + 2 * day)).toBe(0);
    });
  });
}
