import { describe, expect, it } from 'vitest';
import type { Store } from '../../../src/ports/store/index.ts';
import { aChangeRecord } from '../../support/change-records.ts';
import { inParallel, makeCode, minute, newFamily, now, refreshOf, tally, unique } from './fixtures.ts';
import type { Open } from './index.ts';

export function codesContract(open: Open): void {
  describe('codes', () => {
    it('are found until they are used, and after', async () => {
      const store = await open();
      const code = await makeCode(store);
      const { hash, user, application, authorizationId } = code;
      const found = await store.codes.find(hash);
      expect(found).toEqual({
        hash,
        authorizationId,
        applicationId: application.id,
        userId: user.id,
        redirectUri: 'https://planner.example/callback',
        scope: 'all',
        codeChallenge: null,
        createdAt: now,
        expiresAt: now + 5 * minute,
        familyId: null,
        redeemedAt: null,
        invalidatedAt: null,
        endedBy: null,
      });
      const family = newFamily({ now: now + 1 });
      expect(await store.codes.redeem(code, family)).toBe('won');
      expect(await store.codes.find(hash)).toEqual({ ...found, familyId: family.id, redeemedAt: now + 1 });
      expect(await store.codes.find(unique())).toBeUndefined();
    });

    it('are redeemed by one of 50 who try at once, and only that family exists', async () => {
      const store = await open();
      const code = await makeCode(store);
      const families = Array.from({ length: 50 }, () => newFamily());
      const answers = await Promise.all(families.map((family) => store.codes.redeem(code, family)));
      expect(tally(answers)).toEqual({ won: 1, lost: 49 });
      const winner = families[answers.indexOf('won')];
      expect(await store.codes.find(code.hash)).toMatchObject({ familyId: winner?.id });
      const grounds = await Promise.all(families.map((family) => store.families.findByRefreshToken(refreshOf(family))));
      expect(grounds.filter((ground) => ground !== undefined).map(({ familyId }) => familyId)).toEqual([winner?.id]);
    });

    it('count as a use of the authorization when they are redeemed', async () => {
      const store = await open();
      const { user, application, ...code } = await makeCode(store);
      await store.codes.redeem(code, newFamily({ now: now + 3 }));
      expect(await store.authorizations.find(user.id, application.id)).toMatchObject({ lastUsedAt: now + 3 });
    });

    it('are burned once and for all, if they are unused', async () => {
      const store = await open();
      const code = await makeCode(store);
      await store.codes.invalidate(code.hash, now);
      await store.codes.invalidate(code.hash, now + 1);
      expect(await store.codes.find(code.hash)).toMatchObject({ invalidatedAt: now });
      expect(await store.codes.redeem(code, newFamily())).toBe('lost');

      const used = await makeCode(store);
      await store.codes.redeem(used, newFamily());
      await store.codes.invalidate(used.hash, now);
      expect(await store.codes.find(used.hash)).toMatchObject({ invalidatedAt: null });
    });

    it('are lost from the moment they expire', async () => {
      const store = await open();
      const code = await makeCode(store);
      expect(await store.codes.redeem(code, newFamily({ now: now + 5 * minute }))).toBe('lost');
      expect(await store.codes.redeem(code, newFamily({ now: now + 5 * minute - 1 }))).toBe('won');
    });

    it("are lost if they are unknown, or another authorization's", async () => {
      const store = await open();
      const code = await makeCode(store);
      const other = await makeCode(store);
      expect(await store.codes.redeem({ ...code, hash: unique() }, newFamily())).toBe('lost');
      expect(await store.codes.redeem({ ...code, authorizationId: other.authorizationId }, newFamily())).toBe('lost');
      expect(await store.codes.find(code.hash)).toMatchObject({ redeemedAt: null });
    });

    type Made = Awaited<ReturnType<typeof makeCode>>;
    const endings: Record<string, (store: Store, made: Made) => Promise<unknown>> = {
      'the user is disabled': (store, { user }) => store.users.setDisabled(user.id, now, aChangeRecord),
      'the authorization ended': (store, { authorizationId: id }) =>
        store.authorizations.revoke({ id, ownerId: null, reason: 'administrator', now, record: aChangeRecord }),
      'the application is suspended': (store, { application }) =>
        store.applications.setStatus(application.clientId, 'suspended', aChangeRecord),
      'the application has another grant type': (store, { application }) =>
        store.applications.setGrantType(application.clientId, 'password', aChangeRecord),
    };
    it.each(Object.entries(endings))('are lost when %s, and nothing is written', async (_, end) => {
      const store = await open();
      const made = await makeCode(store);
      await end(store, made);
      const family = newFamily();
      expect(await store.codes.redeem(made, family)).toBe('lost');
      expect(await store.codes.find(made.hash)).toMatchObject({ familyId: null, redeemedAt: null });
      expect(await store.families.findByRefreshToken(refreshOf(family))).toBeUndefined();
    });

    it('of many users are redeemed side by side', async () => {
      const store = await open();
      const made = await inParallel(20, () => makeCode(store));
      const answers = await Promise.all(made.map((code) => store.codes.redeem(code, newFamily())));
      expect(tally(answers)).toEqual({ won: 20 });
    });
  });
}
