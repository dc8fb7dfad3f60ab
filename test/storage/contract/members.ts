import { describe, expect, it } from 'vitest';
import type { MemberRole, Store } from '../../../src/ports/store/index.ts';
import { testChangeRecord } from '../../support/database/change-records.ts';
import { never, newChangeRecord, once, timesStored } from './change-records.ts';
import { createApplication, createUser, inParallel, now, tally } from './fixtures.ts';
import type { Open } from './index.ts';

/** Creates an application with members who joined one after the other. */
async function createTeam(store: Store, ...roles: readonly MemberRole[]) {
  const { id: applicationId } = await createApplication(store);
  const ids: number[] = [];
  for (const [index, role] of roles.entries()) {
    const { id: userId } = await createUser(store);
    await store.members.add({ applicationId, userId, role, now: now + index, record: testChangeRecord });
    ids.push(userId);
  }
  const [first = 0, second = 0, third = 0] = ids;
  return { applicationId, ids, first, second, third };
}

async function rolesIn(store: Store, applicationId: string): Promise<Record<string, number>> {
  return tally((await store.members.list(applicationId)).map(({ role }) => role));
}

export function membersContract(open: Open): void {
  describe('members of an application', () => {
    it('are listed, owners first, then by when they joined; users see their applications, oldest first', async () => {
      const store = await open();
      const { applicationId, ids } = await createTeam(store, 'member', 'owner', 'member', 'owner');
      const [one, two, three, four] = ids;
      const listed = await store.members.list(applicationId);
      expect(listed.map(({ userId }) => userId)).toEqual([two, four, one, three]);
      const { email } = (await store.users.find(two ?? 0)) ?? {};
      expect(listed[0]).toEqual({ userId: two, email, name: 'Ada Keller', role: 'owner', since: now + 1 });

      const older = await createApplication(store, { now: now - 1 });
      await store.members.add({
        applicationId: older.id,
        userId: one ?? 0,
        role: 'owner',
        now,
        record: testChangeRecord,
      });
      const newer = await store.applications.find(applicationId);
      expect(await store.members.applicationsOf(one ?? 0)).toEqual([
        { application: older, role: 'owner' },
        { application: newer, role: 'member' },
      ]);
      expect(await store.members.roleOf(applicationId, one ?? 0)).toBe('member');
      expect(await store.members.roleOf(older.id, two ?? 0)).toBeUndefined();
      const membership = { application: newer, role: 'member' };
      expect(await store.members.membershipOf(newer?.clientId ?? '', one ?? 0)).toEqual(membership);
      expect(await store.members.membershipOf(older.clientId, two ?? 0)).toBeUndefined();
      expect(await store.members.membershipOf('nobody', one ?? 0)).toBeUndefined();
      expect(await store.members.list('nobody')).toEqual([]);
      expect(await store.members.applicationsOf(99)).toEqual([]);
    });

    it('are added once by 10 parallel calls, and an owner stays one', async () => {
      const store = await open();
      const { applicationId, first: owner } = await createTeam(store, 'owner');
      const { id: userId } = await createUser(store);
      const member = { applicationId, role: 'member', now, record: testChangeRecord } as const;
      await inParallel(10, () => store.members.add({ ...member, userId }));
      await store.members.add({ ...member, userId: owner });
      expect(await rolesIn(store, applicationId)).toEqual({ owner: 1, member: 1 });
    });

    it('become owners when they are added as owners', async () => {
      const store = await open();
      const { applicationId, first: userId } = await createTeam(store, 'member');
      const record = newChangeRecord();
      expect(await store.members.add({ applicationId, userId, role: 'owner', now: now + 9, record })).toBe('added');
      expect(await store.members.list(applicationId)).toMatchObject([{ userId, role: 'owner', since: now }]);
      expect(await timesStored(store, record)).toEqual(once);
    });

    it('are not added without a user or an application', async () => {
      const store = await open();
      const { applicationId, first } = await createTeam(store, 'owner');
      const record = newChangeRecord();
      const member = { role: 'member', now, record } as const;
      await expect(store.members.add({ ...member, applicationId, userId: 99 })).rejects.toThrow();
      await expect(store.members.add({ ...member, applicationId: 'nobody', userId: first })).rejects.toThrow();
      expect(await timesStored(store, record)).toEqual(never);
    });

    it('are removed, except the last owner', async () => {
      const store = await open();
      const { applicationId, ids } = await createTeam(store, 'owner', 'owner', 'member');
      const [one = 0, two = 0, three = 0] = ids;
      const [done, refused] = [newChangeRecord(), newChangeRecord()];
      const remove = (userId: number, record = refused) => store.members.remove({ applicationId, userId, record });
      expect(await remove(one, done)).toBe('removed');
      expect(await remove(one)).toBe('unknown');
      expect(await remove(two)).toBe('last_owner');
      expect(await store.members.remove({ applicationId: 'nobody', userId: two, record: refused })).toBe('unknown');
      expect(await remove(three, newChangeRecord())).toBe('removed');
      expect(await remove(two)).toBe('last_owner');
      expect(await store.members.list(applicationId)).toMatchObject([{ userId: two, role: 'owner' }]);
      expect(await timesStored(store, done)).toEqual(once);
      expect(await timesStored(store, refused)).toEqual(never);
    });

    it('who remove each other in parallel leave one owner', async () => {
      const store = await open();
      const teams = await inParallel(20, () => createTeam(store, 'owner', 'owner'));
      const record = newChangeRecord();
      const outcomes = await Promise.all(
        teams.map(({ applicationId, ids }) =>
          Promise.all(ids.map((userId) => store.members.remove({ applicationId, userId, record }))),
        ),
      );
      expect(outcomes.map((pair) => pair.toSorted())).toEqual(Array(20).fill(['last_owner', 'removed']));
      expect(await inParallel(20, (index) => rolesIn(store, teams[index]?.applicationId ?? ''))).toEqual(
        Array(20).fill({ owner: 1 }),
      );
      expect(await timesStored(store, record)).toEqual({ entries: 20, mails: 20 });
    });

    it('become owners by the transfer of an owner only', async () => {
      const store = await open();
      const { applicationId, first, second, third } = await createTeam(store, 'owner', 'member', 'owner');
      const [done, refused] = [newChangeRecord(), newChangeRecord()];
      const transfer = (from: number, to: number, record = refused) =>
        store.members.transfer({ applicationId, from, to, record });
      const { id: stranger } = await createUser(store);
      for (const [from, to] of [
        [second, second],
        [second, first],
        [first, first],
        [first, third],
        [first, stranger],
        [stranger, second],
      ] as const) {
        expect(await transfer(from, to)).toBe('unknown');
      }
      expect(await rolesIn(store, applicationId)).toEqual({ owner: 2, member: 1 });
      expect(await transfer(first, second, done)).toBe('transferred');
      expect(await store.members.roleOf(applicationId, first)).toBe('member');
      expect(await store.members.roleOf(applicationId, second)).toBe('owner');
      expect(await timesStored(store, done)).toEqual(once);
      expect(await timesStored(store, refused)).toEqual(never);
    });

    it('become owners by one of 9 parallel transfers, and a parallel removal leaves an owner', async () => {
      const store = await open();
      const { applicationId, first: from, ids } = await createTeam(store, 'owner', ...Array(9).fill('member'));
      const record = newChangeRecord();
      const outcomes = await inParallel(9, (index) =>
        store.members.transfer({ applicationId, from, to: ids[index + 1] ?? 0, record }),
      );
      expect(tally(outcomes)).toEqual({ transferred: 1, unknown: 8 });
      expect(await rolesIn(store, applicationId)).toEqual({ owner: 1, member: 9 });
      expect(await timesStored(store, record)).toEqual(once);

      const teams = await inParallel(10, () => createTeam(store, 'owner', 'member', 'owner'));
      await Promise.all(
        teams.flatMap(({ applicationId: id, first, second, third }) => [
          store.members.transfer({ applicationId: id, from: first, to: second, record: testChangeRecord }),
          ...[second, third].map((userId) =>
            store.members.remove({ applicationId: id, userId, record: testChangeRecord }),
          ),
        ]),
      );
      for (const { applicationId: id } of teams) {
        expect(await rolesIn(store, id)).toHaveProperty('owner');
      }
    });
  });
}
