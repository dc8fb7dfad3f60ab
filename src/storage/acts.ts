import { changeApplication, createApplication } from './applications.ts';
import { appendEvent } from './audit.ts';
import { grantConsent, revokeAuthorization } from './authorizations.ts';
import { burnCode, redeemCode } from './codes.ts';
import { releaseDevice, setCustomName, takeDevice } from './device-ownership.ts';
import { addDevice, importDevices } from './device-register.ts';
import type { Act } from './engine.ts';
import { revokeAccessToken, revokeFamily, rotateFamily, startByPassword } from './families.ts';
import { touchFamilies } from './family-use.ts';
import { writeSomething } from './maintenance.ts';
import { finishRequest, keepRequest } from './pending-requests.ts';
import { purgeAll } from './purge.ts';
import { closeSession, openSession } from './sessions.ts';
import { admit, settle } from './throttles.ts';
import { changePassword, createUser, rehashPassword, setDisabled, setStaffRole } from './users.ts';

/** Everything that writes, by name, so that another thread can be asked for it. */
export const acts: ReadonlyMap<string, Act<never, unknown>> = new Map(
  [
    createUser,
    changePassword,
    rehashPassword,
    setDisabled,
    setStaffRole,
    openSession,
    closeSession,
    createApplication,
    changeApplication,
    keepRequest,
    finishRequest,
    grantConsent,
    revokeAuthorization,
    redeemCode,
    burnCode,
    startByPassword,
    rotateFamily,
    revokeFamily,
    revokeAccessToken,
    touchFamilies,
    admit,
    settle,
    addDevice,
    importDevices,
    takeDevice,
    releaseDevice,
    setCustomName,
    appendEvent,
    writeSomething,
    purgeAll,
  ].map((act) => [act.name, act]),
);
