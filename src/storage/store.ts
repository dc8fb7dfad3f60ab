import type { Store } from '../ports/store/index.ts';
import { applications } from './applications/applications.ts';
import { grantChanges } from './applications/grant-changes.ts';
import { members } from './applications/members.ts';
import { refusedRequests } from './applications/refused-requests.ts';
import { secrets } from './applications/secrets.ts';
import { traffic } from './applications/traffic.ts';
import { audit } from './audit/audit.ts';
import { authorizations } from './authorizations/authorizations.ts';
import { codes } from './authorizations/codes.ts';
import { families } from './authorizations/families.ts';
import { pendingRequests } from './authorizations/pending-requests.ts';
import type { Engine } from './core/engine.ts';
import { devices } from './devices/devices.ts';
import { mails } from './mail/mails.ts';
import { maintenance } from './operations/maintenance.ts';
import { ringKeys } from './operations/ring-keys.ts';
import { throttles } from './operations/throttles.ts';
import { sessions } from './people/sessions.ts';
import { users } from './people/users.ts';
import { registrations } from './registrations/registrations.ts';

/** Implements the port on one database. */
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
    refusedRequests: refusedRequests(engine),
    traffic: traffic(engine),
    ringKeys: ringKeys(engine),
    audit: audit(engine),
    maintenance: maintenance(engine),
    close: () => engine.close(),
  };
}
