import type { ChangeRecord } from '../../../src/ports/change-record.ts';
import type { Store } from '../../../src/ports/store/index.ts';
import {
  createApplication,
  createCode,
  createFamily,
  createUser,
  minute,
  newApplication,
  newConsent,
  now,
  unique,
} from './fixtures.ts';
import { stepOf } from './registration-fixtures.ts';

const day = 24 * 60 * minute;

export const record: ChangeRecord = {
  event: { at: now, actor: { kind: 'command-line' }, action: 'test.changed', subject: 'test' },
  mails: [{ to: 'ada@example.org', subject: 'Changed', text: 'Changed', html: '<p>Changed</p>' }],
};

/** Creates what a change needs, and returns the change. */
type Preparation = (store: Store) => Promise<() => Promise<unknown>>;

const ofUser = (change: (store: Store, id: number) => Promise<unknown>): Preparation => {
  return async (store) => {
    const { id } = await createUser(store);
    return () => change(store, id);
  };
};

const ofApplication = (change: (store: Store, clientId: string, id: string) => Promise<unknown>): Preparation => {
  return async (store) => {
    const { clientId, id } = await createApplication(store);
    return () => change(store, clientId, id);
  };
};

/** All transactions that are `recorded`, by name; `name: case` where one transaction makes several changes. */
export const changes: Readonly<Record<string, Preparation>> = {
  'users.create': async (store) => {
    const names = { firstName: 'Ada', lastName: 'Keller', administratorRole: null };
    const user = { email: `${unique()}@example.org`, passwordHash: 'hash 1', ...names, now };
    const entry = { actor: 'self', action: 'user.signed_up', from: '192.0.2.1' } as const;
    return () => store.users.create({ ...user, entry });
  },
  'users.changePassword': ofUser(({ users }, userId) =>
    users.changePassword({ userId, passwordEpoch: 0, passwordHash: 'hash 2', keepSession: null, now, record }),
  ),
  'users.resetPassword': ofUser(({ users }, userId) =>
    users.resetPassword({ userId, passwordHash: 'hash 2', now, record }),
  ),
  'users.setDisabled': ofUser(({ users }, id) => users.setDisabled(id, now, record)),
  'users.setStaffRole': ofUser(({ users }, id) => users.setAdministratorRole(id, 'support', record)),
  'users.endSessions': ofUser(({ users }, id) => users.closeSessions(id, record)),
  'users.endAuthorizations': ofUser(({ users }, id) => users.revokeAuthorizations(id, now, record)),
  'applications.create': async (store) => () => store.applications.create({ ...newApplication(), record }),
  'applications.change: grant type': ofApplication((store, id) =>
    store.applications.setGrantType(id, 'password', record),
  ),
  'applications.change: status': ofApplication((store, id) => store.applications.setStatus(id, 'suspended', record)),
  'applications.change: policy': ofApplication((store, id) =>
    store.applications.setPolicy(id, { refreshPolicy: 'rotate' }, record),
  ),
  'applications.change: identity': ofApplication((store, id) =>
    store.applications.setIdentity(id, { name: 'New' }, record),
  ),
  'applications.revokeAll': ofApplication((store, clientId) => store.applications.revokeAll({ clientId, now, record })),
  'authorizations.grant': async (store) => {
    const consent = newConsent(await createUser(store), await createApplication(store));
    return () => store.authorizations.grant({ ...consent, origin: { from: '192.0.2.1' } });
  },
  'authorizations.revoke': async (store) => {
    const { user, authorizationId: id } = await createCode(store);
    return () => store.authorizations.revoke({ id, ownerId: user.id, reason: 'disconnected', now, record });
  },
  'families.revoke': async (store) => {
    const { family } = await createFamily(store);
    return () => store.families.revoke(family.id, now, record);
  },
  'devices.add': async (store) => () =>
    store.devices.add({ serialNumber: unique(), deviceName: 'AB', ownerId: null, now, record }),
  'devices.assign': async (store) => {
    const device = { serialNumber: unique(), deviceName: 'AB', ownerId: null, now, record };
    const added = await store.devices.add(device);
    const deviceId = added.outcome === 'added' ? added.id : 0;
    const { id } = await createUser(store);
    return () => store.devices.assign({ deviceId, expectedOwnerId: null, newOwnerId: id, now, record });
  },
  'devices.take': async (store) => {
    const device = { serialNumber: unique(), deviceName: 'AB' };
    await store.devices.add({ ...device, ownerId: null, now, record });
    const { id: userId } = await createUser(store);
    return () => store.devices.take({ ...device, userId, now, origin: { from: '192.0.2.1' } });
  },
  'devices.release': async (store) => {
    const { id: userId } = await createUser(store);
    const device = { serialNumber: unique(), deviceName: 'AB', ownerId: userId, now, record };
    const added = await store.devices.add(device);
    const deviceId = added.outcome === 'added' ? added.id : 0;
    return () => store.devices.release({ userId, deviceId, now });
  },
  'devices.registerStaged': async (store) => {
    const importId = unique();
    const devices = [{ serialNumber: unique(), deviceName: 'AB' }];
    await store.devices.stage({ importId, createdBy: null, devices, now });
    return () => store.devices.registerStaged(importId, now, record);
  },
  'secrets.add': ofApplication((store, clientId) =>
    store.secrets.add({ clientId, id: unique(), hash: unique(), lastFour: 'wxyz', now, record }),
  ),
  'secrets.revoke': async (store) => {
    const secret = { id: unique(), hash: unique(), lastFour: 'wxyz' };
    const { clientId } = await createApplication(store, { secret });
    return () => store.secrets.revoke({ clientId, secretId: secret.id, when: now, now, record });
  },
  'secrets.revokeIdle': async (store) => {
    const secret = { id: unique(), hash: unique(), lastFour: 'wxyz' };
    const { clientId } = await createApplication(store, { secret });
    await store.secrets.revoke({ clientId, secretId: secret.id, when: 'idle', now, record });
    return () => store.secrets.revokeIdle(now + 2 * day);
  },
  'members.add': async (store) => {
    const { applicationId, userId } = await createPair(store);
    return () => store.members.add({ applicationId, userId, role: 'owner', now, record });
  },
  'members.remove': async (store) => {
    const { applicationId, userId } = await createPair(store);
    const other = await createUser(store);
    for (const id of [userId, other.id]) {
      await store.members.add({ applicationId, userId: id, role: 'owner', now, record });
    }
    return () => store.members.remove({ applicationId, userId, record });
  },
  'members.transfer': async (store) => {
    const { applicationId, userId: from } = await createPair(store);
    const { id: to } = await createUser(store);
    await store.members.add({ applicationId, userId: from, role: 'owner', now, record });
    await store.members.add({ applicationId, userId: to, role: 'member', now, record });
    return () => store.members.transfer({ applicationId, from, to, record });
  },
  'members.invite': ofApplication((store, _clientId, id) => store.members.invite(invitationTo(id))),
  'members.accept': async (store) => {
    const { applicationId, userId, email } = await createPair(store);
    const invitation = { ...invitationTo(applicationId), email };
    await store.members.invite(invitation);
    return () => store.members.accept({ idHash: invitation.idHash, userId, email, now, record });
  },
  'members.withdrawInvitation': async (store) => {
    const invitation = invitationTo((await createApplication(store)).id);
    await store.members.invite(invitation);
    return () => store.members.withdrawInvitation(invitation.idHash, record);
  },
  'grantChanges.request': ofApplication((store, _clientId, id) => store.grantChanges.request(grantChangeOf(id))),
  'grantChanges.updateState': async (store) => {
    const change = grantChangeOf((await createApplication(store)).id);
    await store.grantChanges.request(change);
    return () => store.grantChanges.updateState({ id: change.id, from: 'requested', state: 'declined', now, record });
  },
  'registrations.step': async (store) => {
    const draft = { id: unique(), ownerId: (await createUser(store)).id, version: 0, answers: {} as never, now };
    await store.registrations.saveDraft(draft);
    return () => store.registrations.step(stepOf(draft.id, { record }));
  },
  'mails.retry': async (store) => {
    await store.applications.create({ ...newApplication(), record });
    const { rows } = await store.mails.list({ limit: 1 });
    // A retry stores no emails.
    return () => store.mails.retry(rows[0]?.id ?? 0, now, { event: record.event });
  },
  'ringKeys.recordChange': async (store) => {
    const known = { id: 0, fingerprint: unique() };
    await store.ringKeys.register([known], now);
    return () => store.ringKeys.recordChange([{ id: 1, fingerprint: unique() }, known], record);
  },
  'ringKeys.adopt': async (store) => () => store.ringKeys.adopt({ id: 1, fingerprint: unique() }, record),
  'audit.append': async (store) => () => store.audit.append(record.event),
};

async function createPair(store: Store) {
  const { id: userId, email } = await createUser(store);
  return { applicationId: (await createApplication(store)).id, userId, email };
}

function invitationTo(applicationId: string) {
  const times = { createdAt: now, expiresAt: now + day };
  return { idHash: unique(), applicationId, email: 'bo@example.org', role: 'member', ...times, record } as const;
}

function grantChangeOf(applicationId: string) {
  const types = { from: 'authorization_code', to: 'password' } as const;
  const rest = { reason: '', state: 'requested', createdAt: now, dueAt: null, record } as const;
  return { id: unique(), applicationId, ...types, ...rest };
}
