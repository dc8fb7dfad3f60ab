import { onTestFinished } from 'vitest';
import type { Store } from '../../../src/ports/store/index.ts';
import { openStore, type StoreOptions } from '../../../src/storage/open.ts';
import type { StoreLocation } from '../../support/database/stores.ts';
import { applicationAdministrationContract } from './application-administration.ts';
import { applicationsContract } from './applications.ts';
import { auditContract } from './audit.ts';
import { auditChainContract } from './audit-chain.ts';
import { auditHistoryContract } from './audit-history.ts';
import { auditKeysContract } from './audit-keys.ts';
import { auditListContract } from './audit-list.ts';
import { auditVerifyContract } from './audit-verify.ts';
import { authorizationsContract } from './authorizations.ts';
import { codesContract } from './codes.ts';
import { deviceAdministrationContract } from './device-administration.ts';
import { deviceImportsContract } from './device-imports.ts';
import { deviceOwnershipContract } from './device-ownership.ts';
import { devicesContract } from './devices.ts';
import { familiesContract } from './families.ts';
import { grantChangesContract } from './grant-changes.ts';
import { invitationsContract } from './invitations.ts';
import { lifetimeContract } from './lifetime.ts';
import { mailsContract } from './mails.ts';
import { maintenanceContract } from './maintenance.ts';
import { membersContract } from './members.ts';
import { pendingRequestsContract } from './pending-requests.ts';
import { recordedContract } from './recorded.ts';
import { refusedRequestsContract } from './refused-requests.ts';
import { registrationQueueContract } from './registration-queue.ts';
import { registrationReadersContract } from './registration-readers.ts';
import { registrationsContract } from './registrations.ts';
import { ringKeysContract } from './ring-keys.ts';
import { secretsContract } from './secrets.ts';
import { sessionsContract } from './sessions.ts';
import { strangeTextContract } from './strange-text.ts';
import { throttlesContract } from './throttles.ts';
import { trafficContract } from './traffic.ts';
import { userAdministrationContract } from './user-administration.ts';
import { usersContract } from './users.ts';

/** Opens a store on a new, empty database. Both are removed when the test ends. */
export type Open = () => Promise<Store>;

/** The same in two steps, for tests that open several stores on one database. */
export interface Databases {
  newDatabase(): Promise<StoreOptions>;
  openOn(database: StoreOptions): Promise<Store>;
}

/** Tests that a storage engine does what the ports say. */
export function storeContract(newPlace: () => Promise<StoreLocation>): void {
  const databases: Databases = {
    newDatabase: async () => {
      const place = await newPlace();
      onTestFinished(() => place.remove());
      return place.options;
    },
    openOn: async (database) => {
      const store = await openStore(database);
      onTestFinished(() => store.close());
      return store;
    },
  };
  const open = async () => databases.openOn(await databases.newDatabase());

  /** The compiler demands an entry for each member of the port. */
  const contracts: Readonly<Record<keyof Store, readonly (() => void)[]>> = {
    users: [() => usersContract(open), () => userAdministrationContract(open)],
    sessions: [() => sessionsContract(open)],
    applications: [() => applicationsContract(open), () => applicationAdministrationContract(open)],
    pendingRequests: [() => pendingRequestsContract(open)],
    authorizations: [() => authorizationsContract(open)],
    codes: [() => codesContract(open)],
    families: [() => familiesContract(open)],
    throttles: [() => throttlesContract(open)],
    devices: [
      () => devicesContract(open),
      () => deviceOwnershipContract(open),
      () => deviceImportsContract(open),
      () => deviceAdministrationContract(open),
    ],
    mails: [() => mailsContract(open)],
    registrations: [
      () => registrationsContract(open),
      () => registrationReadersContract(open),
      () => registrationQueueContract(open),
    ],
    members: [() => membersContract(open), () => invitationsContract(open)],
    secrets: [() => secretsContract(open)],
    grantChanges: [() => grantChangesContract(open)],
    refusedRequests: [() => refusedRequestsContract(open)],
    traffic: [() => trafficContract(open)],
    ringKeys: [() => ringKeysContract(open)],
    audit: [
      () => auditContract(open),
      () => auditListContract(open),
      () => auditHistoryContract(open),
      () => auditChainContract(databases),
      () => auditVerifyContract(databases),
      () => auditKeysContract(databases),
    ],
    maintenance: [() => maintenanceContract(open)],
    close: [() => lifetimeContract(databases)],
  };
  for (const contract of Object.values(contracts).flat()) contract();

  // These test all members together.
  strangeTextContract(open);
  recordedContract(databases);
}
