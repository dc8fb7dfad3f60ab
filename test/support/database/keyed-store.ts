/** A store beside a running server, with the server's ring of keys. */
import type { Config } from '../../../src/config/load.ts';
import type { Store } from '../../../src/ports/store/index.ts';
import { openStore, storeLocationOf } from '../../../src/storage/open.ts';
import { commandAuditKeys } from '../../../src/system/platform-ring.ts';

/** Opens the store of a server. Its audit entries have the key of the server's ring, as those of a command have. */
export async function openStoreWithKeys(
  config: Pick<Config, 'dataDir' | 'databaseUrl' | 'secretKeys'>,
): Promise<Store> {
  const store = await openStore(storeLocationOf(config));
  const keys = await commandAuditKeys(config, store.ringKeys);
  if (keys !== undefined) store.audit.useKeys(keys);
  return store;
}
