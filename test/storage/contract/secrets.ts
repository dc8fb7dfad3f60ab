import { describe, expect, it } from 'vitest';
import type { Store } from '../../../src/ports/store/index.ts';
import { aChangeRecord } from '../../support/change-records.ts';
import { inParallel, makeApplication, minute, now, tally, unique } from './fixtures.ts';
import type { Open } from './index.ts';
import { never, newNote, once, timesKept } from './kept.ts';

const day = 24 * 60 * minute;

const newSecret = () => ({ id: unique(), hash: unique(), lastFour: 'abcd' });

async function makeSecret(store: Store) {
  const secret = newSecret();
  const { id: applicationId, clientId } = await makeApplication(store, { secret });
  const retire = (when: number | 'idle', time = now, record = aChangeRecord) =>
    store.secrets.revoke({ clientId, secretId: secret.id, when, now: time, record });
  return { ...secret, secretId: secret.id, applicationId, clientId, retire };
}

export function secretsContract(open: Open): void {
  describe('client secrets', () => {
    it('are listed, oldest first, and found by their hash', async () => {
      const store = await open();
      const { applicationId, clientId, secretId: id, hash } = await makeSecret(store);
      const added = newSecret();
      const record = newNote();
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
      expect(await timesKept(store, record)).toEqual(once);
    });

    it('are two at most that work, also of 10 that are added at once', async () => {
      const store = await open();
      const { applicationId, clientId, retire } = await makeSecret(store);
      const record = newNote();
      const add = (time: number) => store.secrets.add({ ...newSecret(), clientId, now: time, record });
      expect(tally(await inParallel(10, () => add(now)))).toEqual({ added: 1, too_many: 9 });
      expect(await store.secrets.list(applicationId, now)).toHaveLength(2);
      expect(await timesKept(store, record)).toEqual(once);
      // One that retires later works until then.
      await retire(now + minute);
      expect(await add(now + minute - 1)).toBe('too_many');
      expect(await add(now + minute)).toBe('added');
      expect(await store.secrets.list(applicationId, now + minute)).toHaveLength(3);
    });

    it('are not added to an unknown application, nor to a public client', async () => {
      const store = await open();
      const { clientId } = await makeApplication(store, { confidential: false, secret: null });
      const record = newNote();
      for (const id of [clientId, 'nobody']) {
        expect(await store.secrets.add({ ...newSecret(), clientId: id, now, record })).toBe('unknown');
      }
      expect(await timesKept(store, record)).toEqual(never);
    });

    it('retire when their time comes, and are listed for 30 days more', async () => {
      const store = await open();
      const { applicationId, hash, retire } = await makeSecret(store);
      const [done, refused] = [newNote(), newNote()];
      expect(await retire(now + minute, now, done)).toBe('changed');
      expect(await retire(now + 2 * minute)).toBe('changed');
      const end = now + 2 * minute;
      expect(await store.secrets.findByHash(hash, end - 1)).toMatchObject({ secret: { validUntil: end } });
      expect(await store.secrets.findByHash(hash, end)).toBeUndefined();
      expect(await store.secrets.list(applicationId, end + 30 * day - 1)).toHaveLength(1);
      expect(await store.secrets.list(applicationId, end + 30 * day)).toEqual([]);
      // It can't come back.
      expect(await retire(end + minute, end, refused)).toBe('unknown');
      expect(await timesKept(store, done)).toEqual(once);
      expect(await timesKept(store, refused)).toEqual(never);
    });

    it('retire for their own application only, and of 10 who retire one at once, one does', async () => {
      const store = await open();
      const [{ secretId, clientId, hash }, other] = [await makeSecret(store), await makeSecret(store)];
      const record = newNote();
      const retirement = { secretId, when: now, now, record };
      for (const id of [other.clientId, 'nobody']) {
        expect(await store.secrets.revoke({ ...retirement, clientId: id })).toBe('unknown');
      }
      expect(await store.secrets.revoke({ ...retirement, clientId, secretId: unique() })).toBe('unknown');
      expect(await store.secrets.findByHash(hash, now)).toBeDefined();
      expect(await timesKept(store, record)).toEqual(never);
      const outcomes = await inParallel(10, () => store.secrets.revoke({ ...retirement, clientId }));
      expect(tally(outcomes)).toEqual({ changed: 1, unknown: 9 });
      expect(await store.secrets.findByHash(hash, now)).toBeUndefined();
      expect(await timesKept(store, record)).toEqual(once);
    });

    it('never move back the time of their last use, whoever notes it, in whatever order', async () => {
      const store = await open();
      const made = await inParallel(4, () => makeSecret(store));
      const uses = (usedAt: number) => made.map(({ secretId }) => ({ secretId, usedAt }));
      await inParallel(20, (index) => {
        const some = [...uses(now + index), { secretId: unique(), usedAt: now }];
        return store.secrets.touch(index % 2 === 0 ? some : some.toReversed());
      });
      await store.secrets.touch(uses(now + 3));
      await store.secrets.touch([]);
      for (const { applicationId } of made) {
        expect(await store.secrets.list(applicationId, now)).toMatchObject([{ lastUsedAt: now + 19 }]);
      }
    });

    it('retire by themselves once they were not used for a day, with one entry each', async () => {
      const store = await open();
      const [idle, used, wanted] = [await makeSecret(store), await makeSecret(store), await makeSecret(store)];
      for (const each of [idle, used]) expect(await each.retire('idle')).toBe('changed');
      await store.secrets.touch([idle, used].map(({ secretId }) => ({ secretId, usedAt: now - 1 })));
      await store.secrets.touch([{ secretId: used.secretId, usedAt: now + 1 }]);
      expect(await store.secrets.list(idle.applicationId, now)).toMatchObject([{ idleSince: now, validUntil: null }]);
      expect(await store.secrets.revokeIdle(now + day - 1)).toBe(0);
      const before = (await store.audit.latest(1000)).length;
      const retired = await inParallel(5, () => store.secrets.revokeIdle(now + day));
      expect(retired.toSorted()).toEqual([0, 0, 0, 0, 1]);
      const [entry, ...others] = await store.audit.latest(1000);
      expect(others).toHaveLength(before);
      const subject = `application:${idle.clientId}`;
      expect(entry).toMatchObject({ at: now + day, actor: { kind: 'platform' }, subject, detail: { when: 'idle' } });
      expect(await store.secrets.findByHash(idle.hash, now + day)).toBeUndefined();
      for (const { hash } of [used, wanted]) expect(await store.secrets.findByHash(hash, now + day)).toBeDefined();
      expect(await store.secrets.revokeIdle(now + day + 1)).toBe(1);
      // A later date replaces the wait.
      await wanted.retire('idle');
      await wanted.retire(now + 9 * day);
      expect(await store.secrets.revokeIdle(now + 2 * day)).toBe(0);
    });
  });
}
