import { describe, expect, it } from 'vitest';
import { migrations } from '../../../src/storage/migrations/index.ts';
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
  unique,
} from './fixtures.ts';
import type { Open } from './index.ts';

const day = 24 * 60 * minute;

export function maintenanceContract(open: Open): void {
  describe('maintenance', () => {
    it('checks that the database can be read and written', async () => {
      const { maintenance } = await open();
      await maintenance.check({ write: false });
      await maintenance.check({ write: true });
      await maintenance.check({ write: true });
    });

    it('lists the migrations', async () => {
      const { maintenance } = await open();
      expect(await maintenance.migrations()).toEqual({ applied: migrations.map(({ name }) => name), pending: [] });
    });

    it('purges expired rows, up to the limit for each rule', async () => {
      const store = await open();
      const { user } = await createCode(store);
      const times = { createdAt: now, expiresAt: now + minute };
      for (let count = 0; count < 3; count += 1) {
        await store.pendingRequests.save({ idHash: unique(), query: '', ...times });
        await store.sessions.open(
          { idHash: unique(), userId: user.id, passwordEpoch: 0, from: '', userAgent: '', ...times },
          null,
        );
        await store.families.revokeAccessToken(unique(), now + minute);
        await store.throttles.admit([{ key: unique(), burst: 1, leakMs: minute }], now);
      }
      expect(await store.maintenance.purge(now + minute - 1, 100)).toBe(0);
      expect(await store.maintenance.purge(now + minute, 2)).toBe(8);
      expect(await store.maintenance.purge(now + minute, 2)).toBe(4);
      expect(await store.maintenance.purge(now + 5 * minute, 2)).toBe(1);
      expect(await store.maintenance.purge(now + day, 2)).toBe(0);
    });

    it('purges rows after their retention: device lists, refused requests, sent emails, traffic', async () => {
      const store = await open();
      const application = await createApplication(store);
      const { id: applicationId } = application;
      const start = now - (now % day);
      const request = { applicationId, endpoint: 'token', status: 400, error: 'invalid_grant', cause: 'x' } as const;
      const more = { at: start, requestId: unique(), expected: [], received: null };
      await store.refusedRequests.append([{ ...request, ...more }], 10);
      await store.traffic.add([{ applicationId, day: start / day, requests: 1, errors: 0 }]);
      const devices = [{ serialNumber: unique(), deviceName: '00112233aabb' }];
      await store.devices.stage({ importId: 'list', createdBy: null, devices, now: start });
      const event = { at: start, actor: { kind: 'platform' }, action: 'test', subject: 'test' } as const;
      const mails = ['a', 'b'].map((to) => ({ to, subject: 'Hello', text: 'Hello', html: '<p>Hello</p>' }));
      await store.users.closeSessions(0, { event, mails });
      const [mail] = await store.mails.claim({ now: start, leaseMs: minute, limit: 1 });
      const sent = { id: mail?.id ?? 0, attempts: 1, outcome: { kind: 'sent' }, now: start } as const;
      expect(await store.mails.recordDelivery(sent)).toBe('recorded');

      const purged = (days: number) => store.maintenance.purge(start + days * day, 100);
      expect(await purged(0.5)).toBe(0);
      expect(await purged(1)).toBe(2);
      expect(await store.devices.findImport('list')).toBeUndefined();
      expect(await purged(29)).toBe(0);
      expect(await purged(30)).toBe(1);
      expect(await purged(90)).toBe(1);
      expect(await store.mails.counts()).toEqual({ waiting: 1, sent: 0, failed: 0 });
      expect(await purged(399)).toBe(0);
      expect(await purged(400)).toBe(1);
    });

    it('keeps throttles that are trusted or not empty', async () => {
      const store = await open();
      const bucket = { key: unique(), burst: 1, leakMs: minute };
      await store.throttles.admit([bucket], now);
      const settlement = { refund: [], empty: [], trust: [unique()], trustUntil: now + day, now };
      await store.throttles.recordOutcome(settlement);
      expect(await store.maintenance.purge(now + 1, 100)).toBe(0);
      expect(await store.throttles.admit([bucket], now + 1)).toMatchObject({ outcome: 'throttled' });
      expect(await store.maintenance.purge(now + day, 100)).toBe(2);
    });

    it('purges revoked families once their access tokens have expired', async () => {
      const store = await open();
      const { family } = await createFamily(store);
      const rotation = { expectedHash: family.refreshHash, newHash: unique(), sealedSuccessor: '', now };
      await store.families.rotate({ familyId: family.id, ...rotation });
      await store.families.revoke(family.id, now, testChangeRecord);
      await store.maintenance.purge(now + 5 * minute, 100);
      await store.families.touch([{ familyId: family.id, usedAt: now, accessExpiresAt: now + day }]);
      expect(await store.maintenance.purge(now + day - 1, 100)).toBe(0);
      expect(await store.families.findByRefreshToken(refreshOf(family))).toBeDefined();
      expect(await store.maintenance.purge(now + day, 100)).toBe(1);
      expect(await store.families.findByRefreshToken(refreshOf(family))).toBeUndefined();
    });

    it('keeps a redeemed code until the last access token of its family expires', async () => {
      const store = await open();
      const { hash, family, application } = await createFamily(store);
      const unused = newConsent(await createUser(store), application);
      await store.authorizations.grant(unused);
      const { accessExpiresAt } = family;
      // One code is deleted, the other one is kept longer.
      expect(await store.maintenance.purge(now + 5 * minute, 100)).toBe(2);
      expect(await store.codes.find(unused.code.hash)).toBeUndefined();
      expect(await store.codes.find(hash)).toMatchObject({ familyId: family.id });
      expect(await store.maintenance.purge(accessExpiresAt - 1, 100)).toBe(0);
      const later = accessExpiresAt + minute;
      await store.families.touch([{ familyId: family.id, usedAt: now, accessExpiresAt: later }]);
      await store.maintenance.purge(accessExpiresAt, 100);
      expect(await store.codes.find(hash)).toMatchObject({ familyId: family.id });
      expect(await store.codes.redeem({ ...unused.code, hash, authorizationId: '' }, newFamily())).toBe('lost');
      expect(await store.maintenance.purge(later, 100)).toBe(1);
      expect(await store.codes.find(hash)).toBeUndefined();
    });

    it('deletes the redeemed code of a revoked family once it has expired', async () => {
      const store = await open();
      const { hash, family } = await createFamily(store);
      await store.families.revoke(family.id, now, testChangeRecord);
      await store.maintenance.purge(now + 5 * minute, 100);
      expect(await store.codes.find(hash)).toBeUndefined();
    });

    it('purges evicted families, and never a refresh token that can be used', async () => {
      const store = await open();
      const { start } = await createPasswordPair(store);
      const started = Array.from({ length: 23 }, (_, index) => start({ now: now + index }));
      for (const family of started) await store.families.startByPassword(family);
      expect(await store.maintenance.purge(now + 100 * day, 100)).toBe(3);
      const left = await Promise.all(started.map((family) => store.families.findByRefreshToken(refreshOf(family))));
      expect(left.filter((state) => state?.position === 'current' && state.revocationCause === null)).toHaveLength(20);
    });

    it('keeps an evicted family until the access token of its last refresh expires, even if that use was not written', async () => {
      const store = await open();
      const { start } = await createPasswordPair(store);
      const lifetime = 10 * minute;
      const [first, ...others] = Array.from({ length: 21 }, (_, index) => {
        const at = index === 0 ? now : now + 9 * minute;
        return start({ now: at, accessExpiresAt: at + lifetime });
      });
      if (first !== undefined) await store.families.startByPassword(first);
      // The first family is refreshed here, and the program crashes before it writes that use.
      for (const family of others) await store.families.startByPassword(family);
      const { id = '' } = first ?? {};
      await store.maintenance.purge(now + lifetime, 100);
      expect(await store.families.findByAccessToken(id, unique())).toMatchObject({ revocationCause: null });
      expect(await store.maintenance.purge(now + 9 * minute + lifetime, 100)).toBe(1);
      expect(await store.families.findByAccessToken(id, unique())).toBeUndefined();
    });

    it('purges the families of a revoked authorization', async () => {
      const store = await open();
      const { family, authorizationId: id } = await createFamily(store);
      await createUser(store);
      await store.authorizations.revoke({ id, ownerId: null, reason: 'administrator', now, record: testChangeRecord });
      await store.maintenance.purge(family.accessExpiresAt, 100);
      expect(await store.families.findByAccessToken(family.id, unique())).toBeUndefined();
      expect(await store.families.revoke(newFamily().id, now, testChangeRecord)).toBe('already');
    });
  });
}
