import { describe, expect, it } from 'vitest';
import type { Applications } from '../../../src/ports/store/index.ts';
import { testChangeRecord } from '../../support/database/change-records.ts';
import { never, newChangeRecord, once, readPages, timesStored } from './change-records.ts';
import {
  createApplication,
  createFamily,
  createUser,
  inParallel,
  newConsent,
  newFamily,
  now,
  refreshOf,
  tally,
  unique,
} from './fixtures.ts';
import type { Open } from './index.ts';

export function applicationAdministrationContract(open: Open): void {
  describe('applications, for administrators', () => {
    it('are searched, newest first, in pages of at most the limit', async () => {
      const store = await open();
      const changes = [
        // Client IDs that begin with another letter than c: the search finds parts of them.
        { id: 'b', name: 'Übung 100%', clientId: 'insiders_app_b' },
        { id: 'a', ownerName: 'ÜBER Ltd', clientId: 'insiders_app_a' },
        { id: 'c', name: 'Other', clientId: 'insiders_app_c', now: now + 1 },
      ];
      for (const change of changes) await createApplication(store, change);
      await store.applications.setStatus('insiders_app_c', 'suspended', testChangeRecord);
      const ids = async (query: Omit<Parameters<Applications['search']>[0], 'limit'>) =>
        (await store.applications.search({ limit: 9, ...query })).rows.map(({ id }) => id);
      expect(await ids({})).toEqual(['c', 'b', 'a']);
      expect(await ids({ text: 'über' })).toEqual(['a']);
      expect(await ids({ text: '%' })).toEqual(['b']);
      expect(await ids({ text: 'APP_C' })).toEqual(['c']);
      expect(await ids({ text: 'nobody' })).toEqual([]);
      expect(await ids({ status: 'suspended' })).toEqual(['c']);
      expect(await ids({ status: 'active', text: 'planner' })).toEqual(['b', 'a']);
      expect(await ids({ after: 'x' })).toEqual([]);
      // The search uses the current name.
      await store.applications.setIdentity('insiders_app_c', { name: 'Renamed' }, testChangeRecord);
      expect([await ids({ text: 'other' }), await ids({ text: 'renamed' })]).toEqual([[], ['c']]);
      for (const limit of [1, 2]) {
        const parts = await readPages((after) => store.applications.search({ limit, ...after }));
        expect(parts.flat().map(({ id }) => id)).toEqual(['c', 'b', 'a']);
      }
      expect((await store.applications.search({ limit: 3 })).next).toBeNull();
    });

    it('have an impact: the number of users with an active authorization, and their last use', async () => {
      const store = await open();
      const { application, family } = await createFamily(store);
      await store.authorizations.grant(newConsent(await createUser(store), application));
      const user = await createUser(store);
      await store.applications.setGrantType(application.clientId, 'password', testChangeRecord);
      const byPassword = { ...newFamily(), newAuthorizationId: unique(), userId: user.id, passwordEpoch: 0 };
      await store.families.startByPassword({ ...byPassword, applicationId: application.id, scope: 'all' });
      await store.families.touch([{ familyId: family.id, usedAt: now + 5, accessExpiresAt: null }]);
      const impact = { users: 3, byConsent: 2, byPassword: 1, lastUsedAt: now + 5 };
      expect(await store.applications.impact(application.id)).toEqual(impact);
      await store.users.revokeAuthorizations(user.id, now, testChangeRecord);
      expect(await store.applications.impact(application.id)).toEqual({ ...impact, users: 2, byPassword: 0 });
      const none = { users: 0, byConsent: 0, byPassword: 0, lastUsedAt: null };
      expect(await store.applications.impact('nobody')).toEqual(none);
    });

    it('have all their authorizations revoked by one of 5 parallel calls', async () => {
      const store = await open();
      const [{ user, application, family }, other] = [await createFamily(store), await createFamily(store)];
      await store.authorizations.grant(newConsent(await createUser(store), application));
      const [record, refused] = [newChangeRecord(), newChangeRecord()];
      const revocation = { clientId: application.clientId, now, record: testChangeRecord };
      expect(await store.applications.revokeAll({ ...revocation, clientId: 'nobody', record: refused })).toBe(
        'unknown',
      );
      const counts = await inParallel(5, (index) =>
        store.applications.revokeAll({ ...revocation, record: index === 0 ? record : testChangeRecord }),
      );
      expect(tally(counts.map(String))).toEqual({ 0: 4, 2: 1 });
      expect(await store.authorizations.find(user.id, application.id)).toBeUndefined();
      expect((await store.families.findByRefreshToken(refreshOf(family)))?.revocationCause).toBeTruthy();
      expect(await store.families.findByRefreshToken(refreshOf(other.family))).toMatchObject({ revocationCause: null });
      expect(await timesStored(store, record)).toEqual(once);
      expect(await timesStored(store, refused)).toEqual(never);
    });
  });
}
