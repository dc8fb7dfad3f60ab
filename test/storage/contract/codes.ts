import { describe, expect, it } from 'vitest';
import type { Store } from '../../../src/ports/store/index.ts';
import { testChangeRecord } from '../../support/database/change-records.ts';
import {
  createCode,
  createUser,
  inParallel,
  minute,
  newConsent,
  newFamily,
  now,
  refreshOf,
  tally,
  unique,
} from './fixtures.ts';
import type { Open } from './index.ts';

export function codesContract(open: Open): void {
  describe('codes', () => {
    it('are found before and after they are redeemed', async () => {
      const store = await open();
      const code = await createCode(store);
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
        precedesGrantType: false,
        revocationCause: null,
      });
      const family = newFamily({ now: now + 1 });
      expect(await store.codes.redeem(code, family)).toBe('won');
      expect(await store.codes.find(hash)).toEqual({ ...found, familyId: family.id, redeemedAt: now + 1 });
      expect(await store.codes.find(unique())).toBeUndefined();
    });

    it('are redeemed by one of 50 parallel calls, and only its family is created', async () => {
      const store = await open();
      const code = await createCode(store);
      const families = Array.from({ length: 50 }, () => newFamily());
      const outcomes = await Promise.all(families.map((family) => store.codes.redeem(code, family)));
      expect(tally(outcomes)).toEqual({ won: 1, lost: 49 });
      const winner = families[outcomes.indexOf('won')];
      expect(await store.codes.find(code.hash)).toMatchObject({ familyId: winner?.id });
      const states = await Promise.all(families.map((family) => store.families.findByRefreshToken(refreshOf(family))));
      expect(states.filter((state) => state !== undefined).map(({ familyId }) => familyId)).toEqual([winner?.id]);
    });

    it('count as a use of the authorization when they are redeemed', async () => {
      const store = await open();
      const { user, application, ...code } = await createCode(store);
      await store.codes.redeem(code, newFamily({ now: now + 3 }));
      expect(await store.authorizations.find(user.id, application.id)).toMatchObject({ lastUsedAt: now + 3 });
    });

    it('are invalidated once, if they are unused', async () => {
      const store = await open();
      const code = await createCode(store);
      await store.codes.invalidate(code.hash, now);
      await store.codes.invalidate(code.hash, now + 1);
      expect(await store.codes.find(code.hash)).toMatchObject({ invalidatedAt: now });
      expect(await store.codes.redeem(code, newFamily())).toBe('lost');

      const used = await createCode(store);
      await store.codes.redeem(used, newFamily());
      await store.codes.invalidate(used.hash, now);
      expect(await store.codes.find(used.hash)).toMatchObject({ invalidatedAt: null });
    });

    it('can’t be redeemed once they have expired', async () => {
      const store = await open();
      const code = await createCode(store);
      expect(await store.codes.redeem(code, newFamily({ now: now + 5 * minute }))).toBe('lost');
      expect(await store.codes.redeem(code, newFamily({ now: now + 5 * minute - 1 }))).toBe('won');
    });

    it("can't be redeemed if they are unknown or belong to another authorization", async () => {
      const store = await open();
      const code = await createCode(store);
      const other = await createCode(store);
      expect(await store.codes.redeem({ ...code, hash: unique() }, newFamily())).toBe('lost');
      expect(await store.codes.redeem({ ...code, authorizationId: other.authorizationId }, newFamily())).toBe('lost');
      expect(await store.codes.find(code.hash)).toMatchObject({ redeemedAt: null });
    });

    type CreatedCode = Awaited<ReturnType<typeof createCode>>;
    const revocations: Record<string, (store: Store, code: CreatedCode) => Promise<unknown>> = {
      'the user is disabled': (store, { user }) => store.users.setDisabled(user.id, now, testChangeRecord),
      'the authorization is revoked': (store, { authorizationId: id }) =>
        store.authorizations.revoke({ id, ownerId: null, reason: 'administrator', now, record: testChangeRecord }),
      'the application is suspended': (store, { application }) =>
        store.applications.setStatus(application.clientId, 'suspended', testChangeRecord),
      'the application has another grant type': (store, { application }) =>
        store.applications.setGrantType(application.clientId, 'password', testChangeRecord),
    };
    it.each(Object.entries(revocations))('can’t be redeemed when %s, and nothing is written', async (_, revoke) => {
      const store = await open();
      const code = await createCode(store);
      await revoke(store, code);
      const family = newFamily();
      expect(await store.codes.redeem(code, family)).toBe('lost');
      expect(await store.codes.find(code.hash)).toMatchObject({ familyId: null, redeemedAt: null });
      expect(await store.families.findByRefreshToken(refreshOf(family))).toBeUndefined();
    });

    it('stay invalid after a switch of the grant type and back; newer ones are valid', async () => {
      const store = await open();
      const { application, ...code } = await createCode(store);
      const at = { event: { ...testChangeRecord.event, at: now } };
      await store.applications.setGrantType(application.clientId, 'password', at);
      await store.applications.setGrantType(application.clientId, 'authorization_code', at);
      expect(await store.codes.find(code.hash)).toMatchObject({ precedesGrantType: true, invalidatedAt: null });
      expect(await store.codes.redeem(code, newFamily())).toBe('lost');

      const consent = newConsent(await createUser(store), application);
      await store.authorizations.grant({ ...consent, code: { ...consent.code, createdAt: now + 1 } });
      const newer = { hash: consent.code.hash, authorizationId: consent.newAuthorizationId };
      expect(await store.codes.find(newer.hash)).toMatchObject({ precedesGrantType: false });
      expect(await store.codes.redeem(newer, newFamily())).toBe('won');
    });

    it('are invalidated by a requested switch as well', async () => {
      const store = await open();
      const { application, hash } = await createCode(store);
      const id = unique();
      const types = { from: 'authorization_code', to: 'password' } as const;
      const times = { createdAt: now, dueAt: null, record: testChangeRecord };
      await store.grantChanges.request({
        id,
        applicationId: application.id,
        ...types,
        reason: '',
        state: 'requested',
        ...times,
      });
      const step = {
        id,
        from: 'requested',
        state: 'done',
        switches: 'password',
        now,
        record: testChangeRecord,
      } as const;
      expect(await store.grantChanges.updateState(step)).toBe('changed');
      expect(await store.codes.find(hash)).toMatchObject({ precedesGrantType: true });
    });

    it('of many users are redeemed in parallel', async () => {
      const store = await open();
      const codes = await inParallel(20, () => createCode(store));
      const outcomes = await Promise.all(codes.map((code) => store.codes.redeem(code, newFamily())));
      expect(tally(outcomes)).toEqual({ won: 20 });
    });
  });
}
