import { describe, expect, it } from 'vitest';
import { testChangeRecord } from '../../support/database/change-records.ts';
import { createApplication, newApplication, now, unique } from './fixtures.ts';
import type { Open } from './index.ts';

export function applicationsContract(open: Open): void {
  describe('applications', () => {
    it('are found by client ID, with their secrets', async () => {
      const store = await open();
      const params = newApplication({
        redirectUris: ['https://a.example/?x=%20"', 'https://ü.example/'],
        website: 'https://a.example',
        accessTokenSeconds: 60,
      });
      const application = await store.applications.create({ ...params, record: testChangeRecord });
      const { secret, now: createdAt, ...rest } = params;
      expect(application).toEqual({ ...rest, status: 'active', consentEpoch: 1, createdAt });
      expect(await store.applications.findByClientId(params.clientId)).toEqual({
        application,
        secrets: [{ ...secret, createdAt: now, validUntil: null }],
      });
      expect(await store.applications.find(params.id)).toEqual(application);
    });

    it('have no secret if they are public clients', async () => {
      const store = await open();
      const application = await createApplication(store, { confidential: false, secret: null });
      expect(await store.applications.findByClientId(application.clientId)).toEqual({ application, secrets: [] });
    });

    it('are not found if they are unknown', async () => {
      const store = await open();
      expect(await store.applications.findByClientId('nobody')).toBeUndefined();
      expect(await store.applications.find('nobody')).toBeUndefined();
      expect(await store.applications.list()).toEqual([]);
    });

    it('are not added under a client ID that exists', async () => {
      const store = await open();
      const { clientId } = await createApplication(store);
      const second = newApplication({ clientId });
      await expect(store.applications.create({ ...second, record: testChangeRecord })).rejects.toThrow();
      expect(await store.applications.find(second.id)).toBeUndefined();
    });

    it('are listed, oldest first', async () => {
      const store = await open();
      const newer = await createApplication(store, { now: now + 1 });
      const older = await createApplication(store);
      expect(await store.applications.list()).toEqual([older, newer]);
    });

    it('change their grant type, status and policy, and nothing else', async () => {
      const store = await open();
      const application = await createApplication(store);
      const { clientId, id } = application;
      expect(await store.applications.setGrantType(clientId, 'password', testChangeRecord)).toBe('changed');
      expect(await store.applications.setStatus(clientId, 'suspended', testChangeRecord)).toBe('changed');
      const policy = { accessTokenSeconds: 60, refreshPolicy: 'rotate', resourceServer: true } as const;
      expect(await store.applications.setPolicy(clientId, policy, testChangeRecord)).toBe('changed');
      expect(await store.applications.setPolicy(clientId, {}, testChangeRecord)).toBe('changed');
      const changed = { ...application, ...policy, grantType: 'password', status: 'suspended' };
      expect(await store.applications.find(id)).toEqual(changed);
      await store.applications.setPolicy(clientId, { accessTokenSeconds: null }, testChangeRecord);
      expect(await store.applications.find(id)).toEqual({ ...changed, accessTokenSeconds: null });
    });

    it('raise their consent epoch when their identity changes', async () => {
      const store = await open();
      const { clientId, id } = await createApplication(store);
      const identity = {
        name: 'Planner 2',
        ownerName: 'New owner',
        website: null,
        redirectUris: ['https://b.example/'],
      };
      expect(await store.applications.setIdentity(clientId, { name: identity.name }, testChangeRecord)).toBe('changed');
      expect(await store.applications.find(id)).toMatchObject({
        name: 'Planner 2',
        ownerName: 'Planner Ltd',
        consentEpoch: 2,
      });
      await store.applications.setIdentity(clientId, identity, testChangeRecord);
      expect(await store.applications.find(id)).toMatchObject({ ...identity, consentEpoch: 3 });
    });

    it('that are unknown are not changed', async () => {
      const { applications } = await open();
      const clientId = unique();
      expect(await applications.setGrantType(clientId, 'password', testChangeRecord)).toBe('unknown');
      expect(await applications.setStatus(clientId, 'active', testChangeRecord)).toBe('unknown');
      expect(await applications.setPolicy(clientId, { refreshPolicy: 'rotate' }, testChangeRecord)).toBe('unknown');
      expect(await applications.setIdentity(clientId, { name: 'x' }, testChangeRecord)).toBe('unknown');
    });
  });
}
