import { describe, expect, it } from 'vitest';
import type { Application, Invitation, Store } from '../../../src/ports/store/index.ts';
import { testChangeRecord } from '../../support/database/change-records.ts';
import { never, newChangeRecord, once, timesStored } from './change-records.ts';
import { createApplication, createUser, inParallel, minute, now, tally, unique } from './fixtures.ts';
import type { Open } from './index.ts';

function invitationTo({ id }: Application, change: Partial<Invitation> = {}): Invitation {
  const times = { createdAt: now, expiresAt: now + minute };
  return { idHash: unique(), applicationId: id, email: 'bo@example.org', role: 'member', ...times, ...change };
}

async function createInvitation(store: Store, change: Partial<Invitation> = {}) {
  const user = await createUser(store);
  const application = await createApplication(store);
  const invitation = invitationTo(application, { email: user.email, ...change });
  await store.members.invite({ ...invitation, record: testChangeRecord });
  const { idHash } = invitation;
  return { user, application, invitation, acceptance: { idHash, userId: user.id, email: user.email, now } };
}

export function invitationsContract(open: Open): void {
  describe('invitations', () => {
    it('are listed, oldest first, and found until they expire', async () => {
      const store = await open();
      const application = await createApplication(store);
      const [later, earlier] = [
        invitationTo(application, { email: 'a@example.org', createdAt: now + 2, role: 'owner' }),
        invitationTo(application, { email: 'b@example.org', createdAt: now + 1, expiresAt: now + 2 * minute }),
      ];
      const other = invitationTo(await createApplication(store));
      for (const invitation of [later, earlier, other])
        await store.members.invite({ ...invitation, record: testChangeRecord });
      const { id } = application;
      expect(await store.members.invitations(id, now)).toEqual([earlier, later]);
      expect(await store.members.invitations(id, now + minute - 1)).toEqual([earlier, later]);
      expect(await store.members.invitations(id, now + minute)).toEqual([earlier]);
      expect(await store.members.invitations('nobody', now)).toEqual([]);
      expect(await store.members.findInvitation(later.idHash, now + minute - 1)).toEqual(later);
      expect(await store.members.findInvitation(later.idHash, now + minute)).toBeUndefined();
      expect(await store.members.findInvitation(unique(), now)).toBeUndefined();
    });

    it('replace an earlier one to the same address, for the same application only', async () => {
      const store = await open();
      const { application, invitation, acceptance } = await createInvitation(store);
      const { email } = invitation;
      const [second, elsewhere] = [
        invitationTo(application, { email, role: 'owner' }),
        invitationTo(await createApplication(store), { email }),
      ];
      const record = newChangeRecord();
      for (const each of [second, elsewhere]) await store.members.invite({ ...each, record });
      expect(await store.members.invitations(application.id, now)).toEqual([second]);
      expect(await store.members.findInvitation(elsewhere.idHash, now)).toEqual(elsewhere);
      expect(await store.members.accept({ ...acceptance, record: testChangeRecord })).toBe('gone');
      expect(await timesStored(store, record)).toEqual({ entries: 2, mails: 2 });
    });

    it('sent to one address in parallel leave one', async () => {
      const store = await open();
      const application = await createApplication(store);
      const sent = Array.from({ length: 20 }, () => invitationTo(application));
      await Promise.all(sent.map((invitation) => store.members.invite({ ...invitation, record: testChangeRecord })));
      expect(await store.members.invitations(application.id, now)).toHaveLength(1);
    });

    it('are not stored for an application that does not exist', async () => {
      const store = await open();
      const { invitation } = await createInvitation(store);
      const record = newChangeRecord();
      const sent = store.members.invite({ ...invitation, idHash: unique(), applicationId: 'nobody', record });
      await expect(sent).rejects.toThrow();
      expect(await timesStored(store, record)).toEqual(never);
    });

    it('are accepted by one of 20 parallel calls', async () => {
      const store = await open();
      const { user, application, acceptance } = await createInvitation(store, { role: 'owner' });
      const record = newChangeRecord();
      const accepted = { ...acceptance, now: now + minute - 1, record };
      const outcomes = await inParallel(20, () => store.members.accept(accepted));
      expect(tally(outcomes)).toEqual({ accepted: 1, gone: 19 });
      const members = await store.members.list(application.id);
      expect(members).toMatchObject([{ userId: user.id, role: 'owner', since: now + minute - 1 }]);
      expect(await timesStored(store, record)).toEqual(once);
    });

    it('can’t be accepted with another address, once they have expired, or once they are withdrawn', async () => {
      const store = await open();
      const { application, invitation, acceptance } = await createInvitation(store);
      const [withdrawn, refused] = [newChangeRecord(), newChangeRecord()];
      for (const change of [{ email: 'ada@example.org' }, { now: now + minute }, { idHash: unique() }]) {
        expect(await store.members.accept({ ...acceptance, ...change, record: refused })).toBe('gone');
      }
      const { idHash } = invitation;
      expect(await store.members.withdrawInvitation(idHash, withdrawn)).toBe('withdrawn');
      expect(await store.members.withdrawInvitation(idHash, refused)).toBe('gone');
      expect(await store.members.accept({ ...acceptance, record: refused })).toBe('gone');
      expect(await store.members.list(application.id)).toEqual([]);
      expect(await timesStored(store, withdrawn)).toEqual(once);
      expect(await timesStored(store, refused)).toEqual(never);
    });

    it('are accepted or withdrawn, not both', async () => {
      const store = await open();
      const created = await inParallel(10, () => createInvitation(store));
      const outcomes = await Promise.all(
        created.map(({ acceptance }) =>
          Promise.all([
            store.members.accept({ ...acceptance, record: testChangeRecord }),
            store.members.withdrawInvitation(acceptance.idHash, testChangeRecord),
          ]),
        ),
      );
      for (const [index, [accepted, withdrawn]] of outcomes.entries()) {
        expect([accepted, withdrawn].filter((outcome) => outcome === 'gone')).toHaveLength(1);
        const members = await store.members.list(created[index]?.application.id ?? '');
        expect(members).toHaveLength(accepted === 'accepted' ? 1 : 0);
      }
    });
  });
}
