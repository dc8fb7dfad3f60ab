import { onTestFinished } from 'vitest';
import type { Store } from '../../../src/ports/store/index.ts';
import { openStore, type StoreOptions } from '../../../src/storage/open.ts';
import type { Place } from '../../support/stores.ts';
import { applicationsContract } from './applications.ts';
import { auditContract } from './audit.ts';
import { auditChainContract } from './audit-chain.ts';
import { auditListContract } from './audit-list.ts';
import { authorizationsContract } from './authorizations.ts';
import { codesContract } from './codes.ts';
import { deviceOwnershipContract } from './device-ownership.ts';
import { devicesContract } from './devices.ts';
import { familiesContract } from './families.ts';
import { lifetimeContract } from './lifetime.ts';
import { maintenanceContract } from './maintenance.ts';
import { pendingRequestsContract } from './pending-requests.ts';
import { recordedContract } from './recorded.ts';
import { ringKeysContract } from './ring-keys.ts';
import { sessionsContract } from './sessions.ts';
import { strangeTextContract } from './strange-text.ts';
import { throttlesContract } from './throttles.ts';
import { usersContract } from './users.ts';

/** Opens a store on a new and empty database; it is closed and removed when the test ends. */
export type Open = () => Promise<Store>;

/** The same, in two steps, for tests that open more than one store on the same database. */
export interface Places {
  newPlace(): Promise<StoreOptions>;
  openIn(place: StoreOptions): Promise<Store>;
}

/** What every kind of store must do. */
export function storeContract(newPlace: () => Promise<Place>): void {
  const places: Places = {
    newPlace: async () => {
      const place = await newPlace();
      onTestFinished(() => place.remove());
      return place.options;
    },
    openIn: async (place) => {
      const store = await openStore(place);
      onTestFinished(() => store.close());
      return store;
    },
  };
  const open = async () => places.openIn(await places.newPlace());

  usersContract(open);
  sessionsContract(open);
  applicationsContract(open);
  pendingRequestsContract(open);
  authorizationsContract(open);
  codesContract(open);
  familiesContract(open);
  throttlesContract(open);
  devicesContract(open);
  deviceOwnershipContract(open);
  auditContract(open);
  auditListContract(open);
  maintenanceContract(open);
  ringKeysContract(open);
  strangeTextContract(open);
  auditChainContract(places);
  recordedContract(places);
  lifetimeContract(places);
}
