import { describe, expect, it } from 'vitest';
import { testChangeRecord } from '../../support/database/change-records.ts';
import {
  createFamily,
  createPasswordPair,
  inParallel,
  minute,
  newFamily,
  now,
  refreshOf,
  tally,
  unique,
} from './fixtures.ts';
import type { Open } from './index.ts';

export function familiesContract(open: Open): void {
  const rotation = (family: { readonly id: string; readonly refreshHash: string }, time = now) => ({
    familyId: family.id,
    expectedHash: family.refreshHash,
    newHash: unique(),
    sealedSuccessor: unique(),
    now: time,
  });

  describe('families', () => {
    it('return the state of an access token', async () => {
      const store = await open();
      const { user, application, family, authorizationId } = await createFamily(store);
      const state = {
        familyId: family.id,
        authorizationId,
        userId: user.id,
        userEmail: user.email,
        applicationId: application.id,
        clientId: application.clientId,
        sandbox: false,
        scope: 'all',
        revocationCause: null,
      };
      expect(await store.families.findByAccessToken(family.id, unique())).toEqual(state);
      expect(await store.families.findByAccessToken(unique(), unique())).toBeUndefined();
      await store.applications.setStatus(application.clientId, 'suspended', testChangeRecord);
      expect(await store.families.findByAccessToken(family.id, unique())).toEqual({
        ...state,
        revocationCause: 'application_suspended',
      });
      await store.applications.setStatus(application.clientId, 'active', testChangeRecord);
      await store.users.setDisabled(user.id, now, testChangeRecord);
      expect(await store.families.findByAccessToken(family.id, unique())).toEqual({
        ...state,
        revocationCause: 'user_disabled',
      });
    });

    it('stay active when one of their access tokens is revoked', async () => {
      const store = await open();
      const { family } = await createFamily(store);
      const [revoked, other] = [unique(), unique()];
      await store.families.revokeAccessToken(revoked, now + minute);
      await store.families.revokeAccessToken(revoked, now + minute);
      expect(await store.families.findByAccessToken(family.id, revoked)).toMatchObject({ revocationCause: 'revoked' });
      expect(await store.families.findByAccessToken(family.id, other)).toMatchObject({ revocationCause: null });
    });

    it('return the state of a refresh token', async () => {
      const store = await open();
      const { user, application, family, authorizationId } = await createFamily(store);
      const state = {
        familyId: family.id,
        authorizationId,
        userId: user.id,
        applicationId: application.id,
        scope: 'all',
        createdAt: now,
        position: 'current',
        replacedAt: null,
        sealedSuccessor: null,
        revocationCause: null,
      };
      expect(await store.families.findByRefreshToken(refreshOf(family))).toEqual(state);
      expect(await store.families.findByRefreshToken({ familyId: unique(), hash: unique() })).toBeUndefined();
      // The family exists, but never had this token.
      expect(await store.families.findByRefreshToken({ familyId: family.id, hash: unique() })).toBeUndefined();
      await store.users.setDisabled(user.id, now, testChangeRecord);
      expect(await store.families.findByRefreshToken(refreshOf(family))).toEqual({
        ...state,
        revocationCause: 'user_disabled',
      });
    });

    it('start by password under one authorization, even 20 in parallel', async () => {
      const store = await open();
      const { user, application, start } = await createPasswordPair(store);
      expect(tally(await inParallel(20, () => store.families.startByPassword(start())))).toEqual({ started: 20 });
      expect(await store.authorizations.listConnected(user.id)).toHaveLength(1);
      expect(await store.authorizations.find(user.id, application.id)).toMatchObject({
        method: 'password',
        consentEpoch: null,
        lastUsedAt: now,
      });
    });

    it('do not start for a disabled user, or an application that is suspended or has another grant type', async () => {
      const store = await open();
      const { user, application, start } = await createPasswordPair(store);
      const { users, applications, families } = store;
      await users.setDisabled(user.id, now, testChangeRecord);
      expect(await families.startByPassword(start())).toBe('refused');
      await users.setDisabled(user.id, null, testChangeRecord);
      await applications.setStatus(application.clientId, 'suspended', testChangeRecord);
      expect(await families.startByPassword(start())).toBe('refused');
      await applications.setStatus(application.clientId, 'active', testChangeRecord);
      await applications.setGrantType(application.clientId, 'authorization_code', testChangeRecord);
      const refused = start();
      expect(await families.startByPassword(refused)).toBe('refused');
      expect(await families.findByRefreshToken(refreshOf(refused))).toBeUndefined();
      expect(await store.authorizations.find(user.id, application.id)).toBeUndefined();
    });

    it('rotate for one of 50 parallel calls', async () => {
      const store = await open();
      const { family } = await createFamily(store);
      const rotations = Array.from({ length: 50 }, () => rotation(family));
      const outcomes = await Promise.all(rotations.map((each) => store.families.rotate(each)));
      expect(tally(outcomes)).toEqual({ won: 1, lost: 49 });
      const winner = rotations[outcomes.indexOf('won')];
      expect(
        await store.families.findByRefreshToken({ familyId: family.id, hash: winner?.newHash ?? '' }),
      ).toMatchObject({ position: 'current' });
      expect(await store.families.findByRefreshToken(refreshOf(family))).toMatchObject({
        position: 'previous',
        replacedAt: now,
        sealedSuccessor: winner?.sealedSuccessor,
      });
    });

    it('find the previous refresh token and all older ones', async () => {
      const store = await open();
      const { family } = await createFamily(store);
      const first = rotation(family);
      await store.families.rotate(first);
      const second = rotation({ id: family.id, refreshHash: first.newHash }, now + 1);
      expect(await store.families.rotate(second)).toBe('won');
      const third = rotation({ id: family.id, refreshHash: second.newHash }, now + 2);
      expect(await store.families.rotate(third)).toBe('won');
      const positions = await Promise.all(
        [family.refreshHash, first.newHash, second.newHash, third.newHash].map(
          async (hash) => (await store.families.findByRefreshToken({ familyId: family.id, hash }))?.position,
        ),
      );
      expect(positions).toEqual(['rotated', 'rotated', 'previous', 'current']);
    });

    it('do not rotate when they are revoked or their user is disabled', async () => {
      const store = await open();
      const { family, user } = await createFamily(store);
      await store.users.setDisabled(user.id, now, testChangeRecord);
      expect(await store.families.rotate(rotation(family))).toBe('lost');
      await store.users.setDisabled(user.id, null, testChangeRecord);
      await store.families.revoke(family.id, now, testChangeRecord);
      expect(await store.families.rotate(rotation(family))).toBe('lost');
      expect(await store.families.rotate(rotation(newFamily()))).toBe('lost');
    });

    it('are revoked once', async () => {
      const store = await open();
      const { family } = await createFamily(store);
      const outcomes = await inParallel(10, () => store.families.revoke(family.id, now, testChangeRecord));
      expect(tally(outcomes)).toEqual({ revoked: 1, already: 9 });
      expect(await store.families.findByRefreshToken(refreshOf(family))).toMatchObject({ revocationCause: 'revoked' });
      expect(await store.families.findByAccessToken(family.id, unique())).toMatchObject({
        revocationCause: 'revoked',
      });
      expect(await store.families.revoke(unique(), now, testChangeRecord)).toBe('already');
    });

    it('beyond 20 evict the least recently used one, whose access tokens stay valid', async () => {
      const store = await open();
      const { start } = await createPasswordPair(store);
      const started = Array.from({ length: 21 }, (_, index) => start({ now: now + index }));
      const [first, second] = started;
      for (const family of started.slice(0, 20)) await store.families.startByPassword(family);
      await store.families.touch([{ familyId: first?.id ?? '', usedAt: now + minute, accessExpiresAt: null }]);
      for (const family of started.slice(20)) await store.families.startByPassword(family);

      const position = async (family = newFamily()) =>
        (await store.families.findByRefreshToken(refreshOf(family)))?.position;
      expect(await position(first)).toBe('current');
      expect(await position(second)).toBe('evicted');
      expect(await store.families.findByAccessToken(second?.id ?? '', unique())).toMatchObject({
        revocationCause: null,
      });
      expect(await store.families.rotate(rotation(second ?? newFamily()))).toBe('lost');
      expect(await store.families.revoke(second?.id ?? '', now, testChangeRecord)).toBe('revoked');
      expect(await store.families.findByAccessToken(second?.id ?? '', unique())).toMatchObject({
        revocationCause: 'revoked',
      });
    });

    it('never evict the new one, nor more than needed, when many start in parallel', async () => {
      const store = await open();
      const { start } = await createPasswordPair(store);
      const started = Array.from({ length: 30 }, () => start());
      await Promise.all(started.map((family) => store.families.startByPassword(family)));
      const last = start();
      await store.families.startByPassword(last);
      const states = await Promise.all(
        [...started, last].map((family) => store.families.findByRefreshToken(refreshOf(family))),
      );
      expect(tally(states.map((state) => state?.position ?? 'unknown'))).toEqual({ current: 20, evicted: 11 });
      expect(states.at(-1)).toMatchObject({ position: 'current' });
    });

    it('never evict the new one, even when the clock went back', async () => {
      const store = await open();
      const { start } = await createPasswordPair(store);
      for (let index = 1; index <= 20; index += 1) await store.families.startByPassword(start({ now: now + index }));
      const early = start({ now });
      await store.families.startByPassword(early);
      expect(await store.families.findByRefreshToken(refreshOf(early))).toMatchObject({ position: 'current' });
    });

    it('never move the time of their last use back', async () => {
      const store = await open();
      const { family, user, application } = await createFamily(store);
      const use = { familyId: family.id, accessExpiresAt: now + minute };
      await store.families.touch([
        { ...use, usedAt: now + 9 },
        { ...use, usedAt: now + 5 },
        { familyId: unique(), usedAt: now, accessExpiresAt: null },
      ]);
      expect(await store.authorizations.find(user.id, application.id)).toMatchObject({ lastUsedAt: now + 9 });
      await store.families.touch([]);
      const many = Array.from({ length: 450 }, (_, index) => ({ ...use, usedAt: now + index }));
      await store.families.touch(many);
      expect(await store.authorizations.find(user.id, application.id)).toMatchObject({ lastUsedAt: now + 449 });
    });
  });
}
