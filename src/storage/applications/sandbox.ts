import type { Application, SandboxDesign } from '../../ports/store/index.ts';
import type { Connection } from '../core/engine.ts';
import { abort } from '../core/transaction.ts';
import { endOwnership } from '../devices/device-ownership.ts';
import { insertDevice } from '../devices/device-register.ts';
import { insertUser } from '../people/users.ts';
import { insertApplication } from './new-application.ts';

/**
 * Creates a sandbox within a transaction: the test user with its devices, and the application that only this user can
 * authorize. Aborts the transaction with `lost` if the email address or a serial number is taken.
 */
export async function createSandbox(db: Connection, sandbox: SandboxDesign, now: number): Promise<Application> {
  const created = await insertUser(db, sandbox.testUser);
  if (created.outcome === 'taken') return abort('lost');
  const ownerId = created.user.id;
  let lastId = 0;
  for (const device of sandbox.devices) {
    const added = await insertDevice(db, { ...device, ownerId, now });
    if (added.outcome === 'taken') return abort('lost');
    lastId = added.id;
  }
  await endOwnership(db, { userId: ownerId, deviceId: lastId, now });
  return insertApplication(db, { ...sandbox.application, sandboxUserId: ownerId });
}
