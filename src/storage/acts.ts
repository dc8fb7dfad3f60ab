import { joinApplication, removeMember, transferApplication } from './application-members.ts';
import { revokeAllOf } from './application-revocation.ts';
import { changeApplication, registerApplication } from './applications.ts';
import { appendEvent } from './audit.ts';
import { grantConsent, revokeAuthorization } from './authorizations.ts';
import { burnCode, redeemCode } from './codes.ts';
import { dropImport, registerStaged, stageDevices } from './device-imports.ts';
import { releaseDevice, setCustomName, takeDevice } from './device-ownership.ts';
import { assignDevice } from './device-records.ts';
import { registerDevice } from './device-register.ts';
import type { Act } from './engine.ts';
import { revokeAccessToken, revokeFamily, rotateFamily, startByPassword } from './families.ts';
import { touchFamilies } from './family-use.ts';
import { requestGrantChange, settleGrantChange } from './grant-changes.ts';
import { acceptInvitation, invite, withdrawInvitation } from './invitations.ts';
import { claimMails, retryMail, settleMail } from './mails.ts';
import { writeSomething } from './maintenance.ts';
import { finishRequest, keepRequest } from './pending-requests.ts';
import { purgeAll } from './purge.ts';
import { appendRefusals } from './refusals.ts';
import { saveDraft, stepRegistration } from './registration-steps.ts';
import { adoptRing, introduceRing } from './ring-keys.ts';
import { addSecret, retireIdleSecrets, retireSecret, touchSecrets } from './secrets.ts';
import { closeSession, confirmSession, openSession } from './sessions.ts';
import { admit, settle } from './throttles.ts';
import { addTraffic } from './traffic.ts';
import { endAuthorizationsOf, endSessionsOf } from './user-endings.ts';
import { changePassword, rehashPassword, resetPassword } from './user-passwords.ts';
import { setDisabled, setStaffRole } from './user-standing.ts';
import { registerUser } from './users.ts';

/** Everything that writes, by name, so that another thread can be asked for it. */
export const acts: ReadonlyMap<string, Act<never, unknown>> = new Map(
  [
    introduceRing,
    adoptRing,
    registerUser,
    changePassword,
    rehashPassword,
    setDisabled,
    setStaffRole,
    openSession,
    closeSession,
    registerApplication,
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
    registerDevice,
    takeDevice,
    releaseDevice,
    setCustomName,
    appendEvent,
    resetPassword,
    endSessionsOf,
    endAuthorizationsOf,
    confirmSession,
    revokeAllOf,
    assignDevice,
    stageDevices,
    registerStaged,
    dropImport,
    claimMails,
    settleMail,
    retryMail,
    saveDraft,
    stepRegistration,
    joinApplication,
    removeMember,
    transferApplication,
    invite,
    acceptInvitation,
    withdrawInvitation,
    addSecret,
    retireSecret,
    touchSecrets,
    retireIdleSecrets,
    requestGrantChange,
    settleGrantChange,
    appendRefusals,
    addTraffic,
    writeSomething,
    purgeAll,
  ].map((act) => [act.name, act]),
);
