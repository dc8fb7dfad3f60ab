import type { Store } from '../ports/store/index.ts';
import { members } from './application-members.ts';
import { applications } from './applications.ts';
import { audit } from './audit.ts';
import { authorizations } from './authorizations.ts';
import { codes } from './codes.ts';
import { devices } from './devices.ts';
import type { Engine } from './engine.ts';
import { families } from './families.ts';
import { grantChanges } from './grant-changes.ts';
import { mails } from './mails.ts';
import { maintenance } from './maintenance.ts';
import { pendingRequests } from './pending-requests.ts';
import { refusals } from './refusals.ts';
import { registrations } from './registrations.ts';
import { ringKeys } from './ring-keys.ts';
import { secrets } from './secrets.ts';
import { sessions } from './sessions.ts';
import { throttles } from './throttles.ts';
import { traffic } from './traffic.ts';
import { users } from './users.ts';

/** The port, on one database. */
export function storeOn(engine: Engine): Store {
  return {
    users: users(engine),
    sessions: sessions(engine),
    applications: applications(engine),
    pendingRequests: pendingRequests(engine),
    authorizations: authorizations(engine),
    codes: codes(engine),
    families: families(engine),
    throttles: throttles(engine),
    devices: devices(engine),
    mails: mails(engine),
    registrations: registrations(engine),
    members: members(engine),
    secrets: secrets(engine),
    grantChanges: grantChanges(engine),
    refusals: refusals(engine),
    traffic: traffic(engine),
    ringKeys: ringKeys(engine),
    audit: audit(engine),
    maintenance: maintenance(engine),
    close: () => engine.close(),
  };
}
