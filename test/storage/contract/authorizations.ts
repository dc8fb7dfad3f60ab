import { describe, expect, it } from 'vitest';
import { testChangeRecord } from '../../support/database/change-records.ts';
import {
  createApplication,
  createCode,
  createFamily,
  createPasswordPair,
  createUser,
  minute,
  newConsent,
  newFamily,
  now,
  refreshOf,
  tally,
  unique,
} from './fixtures.ts';
import type { Open } from './index.ts';

export function authorizationsContract(open: Open): void {
  describe('authorizations', () => {
    it('are created with a code when a user agrees', async () => {
      const store = await open();
      const user = await createUser(store);
      const application = await createApplication(store);
      const consent = newConsent(user, application);
      expect(await store.authorizations.find(user.id, application.id)).toBeUndefined();
      expect(await store.authorizations.grant(consent)).toBe('granted');
      expect(await store.authorizations.find(user.id, application.id)).toEqual({
        id: consent.newAuthorizationId,
        userId: user.id,
        applicationId: application.id,
        scope: 'all',
        method: 'consent',
        consentEpoch: 1,
        createdAt: now,
        lastUsedAt: null,
      });
      expect(await store.codes.find(consent.code.hash)).toMatchObject({ authorizationId: consent.newAuthorizationId });
    });

    it('of a sandbox are created for its test user, and refused to other users', async () => {
      const store = await open();
      const [manager, other] = [await createUser(store), await createUser(store)];
      const application = await createApplication(store, { sandboxUserId: manager.id });
      expect(await store.authorizations.grant(newConsent(other, application))).toBe('refused');
      expect(await store.authorizations.find(other.id, application.id)).toBeUndefined();
      expect(await store.authorizations.grant(newConsent(manager, application))).toBe('granted');
    });

    it('are renewed by 20 parallel consents: there is only one', async () => {
      const store = await open();
      const user = await createUser(store);
      const application = await createApplication(store);
      const consents = Array.from({ length: 20 }, () => newConsent(user, application));
      const outcomes = await Promise.all(consents.map((consent) => store.authorizations.grant(consent)));
      expect(tally(outcomes)).toEqual({ granted: 20 });
      expect(await store.authorizations.listConnected(user.id)).toHaveLength(1);
      const authorization = await store.authorizations.find(user.id, application.id);
      for (const { code } of consents) {
        expect(await store.codes.find(code.hash)).toMatchObject({
          authorizationId: authorization?.id,
          revocationCause: null,
        });
      }
      await store.authorizations.grant({ ...newConsent(user, application), consentEpoch: 4 });
      expect(await store.authorizations.find(user.id, application.id)).toEqual({ ...authorization, consentEpoch: 4 });
    });

    it('finish a pending request once', async () => {
      const store = await open();
      const user = await createUser(store);
      const application = await createApplication(store);
      const pendingRequestHash = unique();
      await store.pendingRequests.save({
        idHash: pendingRequestHash,
        query: '',
        createdAt: now,
        expiresAt: now + minute,
      });
      const consents = Array.from({ length: 10 }, () => ({ ...newConsent(user, application), pendingRequestHash }));
      const outcomes = await Promise.all(consents.map((consent) => store.authorizations.grant(consent)));
      expect(tally(outcomes)).toEqual({ granted: 1, gone: 9 });
      const codes = await Promise.all(consents.map(({ code }) => store.codes.find(code.hash)));
      expect(codes.filter((code) => code !== undefined)).toHaveLength(1);
    });

    it('are refused to a disabled user, and the pending request stays', async () => {
      const store = await open();
      const user = await createUser(store);
      const application = await createApplication(store);
      const pendingRequestHash = unique();
      await store.pendingRequests.save({
        idHash: pendingRequestHash,
        query: '',
        createdAt: now,
        expiresAt: now + minute,
      });
      await store.users.setDisabled(user.id, now, testChangeRecord);
      const consent = { ...newConsent(user, application), pendingRequestHash };
      expect(await store.authorizations.grant(consent)).toBe('refused');
      expect(await store.authorizations.find(user.id, application.id)).toBeUndefined();
      expect(await store.codes.find(consent.code.hash)).toBeUndefined();
      expect(await store.pendingRequests.find(pendingRequestHash, now)).toBeDefined();
    });

    it('are refused for an application that is suspended or has another grant type', async () => {
      const store = await open();
      const user = await createUser(store);
      const application = await createApplication(store);
      await store.applications.setStatus(application.clientId, 'suspended', testChangeRecord);
      expect(await store.authorizations.grant(newConsent(user, application))).toBe('refused');
      await store.applications.setStatus(application.clientId, 'active', testChangeRecord);
      await store.applications.setGrantType(application.clientId, 'password', testChangeRecord);
      expect(await store.authorizations.grant(newConsent(user, application))).toBe('refused');
    });

    it('are listed for their user, the most recently used first', async () => {
      const store = await open();
      const used = await createFamily(store);
      const other = await createApplication(store, { name: 'Other', website: 'https://other.example' });
      await store.authorizations.grant({ ...newConsent(used.user, other), now: now + 1 });
      await createCode(store);
      const names = async () =>
        (await store.authorizations.listConnected(used.user.id)).map(({ application }) => application.name);
      expect(await names()).toEqual(['Other', 'Team Planner']);
      await store.families.touch([{ familyId: used.family.id, usedAt: now + 2, accessExpiresAt: null }]);
      expect(await names()).toEqual(['Team Planner', 'Other']);
      expect((await store.authorizations.listConnected(used.user.id))[1]?.application).toEqual({
        id: other.id,
        name: 'Other',
        ownerName: 'Planner Ltd',
        website: 'https://other.example',
        status: 'active',
      });
    });

    it('are revoked once, with all their families and codes', async () => {
      const store = await open();
      const { user, application, family, authorizationId: id } = await createFamily(store);
      const unused = newConsent(user, application);
      await store.authorizations.grant(unused);
      const revocation = { id, ownerId: user.id, reason: 'disconnected', now, record: testChangeRecord } as const;
      expect(await store.authorizations.revoke(revocation)).toBe('revoked');
      expect(await store.authorizations.revoke(revocation)).toBe('unknown');
      expect(await store.authorizations.find(user.id, application.id)).toBeUndefined();
      expect(await store.authorizations.listConnected(user.id)).toEqual([]);
      expect(await store.families.findByRefreshToken(refreshOf(family))).toMatchObject({
        revocationCause: 'disconnected',
      });
      expect(await store.families.findByAccessToken(family.id, unique())).toMatchObject({
        revocationCause: 'disconnected',
      });
      expect(await store.codes.find(unused.code.hash)).toMatchObject({ revocationCause: 'disconnected' });
      expect(await store.codes.redeem({ ...unused.code, authorizationId: id }, newFamily())).toBe('lost');
      expect(await store.families.revoke(family.id, now, testChangeRecord)).toBe('already');
    });

    it('are revoked by their user or an administrator, not by other users', async () => {
      const store = await open();
      const { user, application, authorizationId: id } = await createFamily(store);
      const stranger = await createUser(store);
      const revocation = { id, reason: 'disconnected', now } as const;
      expect(await store.authorizations.revoke({ ...revocation, ownerId: stranger.id, record: testChangeRecord })).toBe(
        'unknown',
      );
      expect(await store.authorizations.find(user.id, application.id)).toBeDefined();
      expect(await store.authorizations.revoke({ ...revocation, ownerId: null, record: testChangeRecord })).toBe(
        'revoked',
      );
      expect(
        await store.authorizations.revoke({ ...revocation, id: unique(), ownerId: null, record: testChangeRecord }),
      ).toBe('unknown');
    });

    it('are created again after a revocation', async () => {
      const store = await open();
      const { user, application, authorizationId: id } = await createFamily(store);
      await store.authorizations.revoke({ id, ownerId: null, reason: 'administrator', now, record: testChangeRecord });
      const consent = newConsent(user, application);
      await store.authorizations.grant(consent);
      expect(await store.authorizations.find(user.id, application.id)).toMatchObject({
        id: consent.newAuthorizationId,
      });
    });

    it('keep the epoch of an earlier consent when a password renews them', async () => {
      const store = await open();
      const { user, application, start } = await createPasswordPair(store);
      await store.applications.setGrantType(application.clientId, 'authorization_code', testChangeRecord);
      await store.authorizations.grant(newConsent(user, application));
      await store.applications.setGrantType(application.clientId, 'password', testChangeRecord);
      await store.families.startByPassword(start());
      expect(await store.authorizations.find(user.id, application.id)).toMatchObject({
        method: 'password',
        consentEpoch: 1,
        lastUsedAt: now,
      });
    });
  });
}
