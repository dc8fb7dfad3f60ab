import { people } from './0001-people.ts';
import { applications } from './0002-applications.ts';
import { authorizations } from './0003-authorizations.ts';
import { families } from './0004-families.ts';
import { devices } from './0005-devices.ts';
import { upkeep } from './0006-upkeep.ts';
import { auditChain } from './0007-audit-chain.ts';
import { spentTimes } from './0009-spent-times.ts';
import { mails } from './0010-mails.ts';
import { registrations } from './0011-registrations.ts';
import { portal } from './0012-portal.ts';
import { familiesInOrder } from './0013-families-in-order.ts';
import { refreshableFamilies } from './0014-refreshable-families.ts';
import { ringKeys } from './0015-ring-keys.ts';
import type { Migration } from './migration.ts';

/** All steps, in their order. A new one is a new file and a line here. */
export const migrations: readonly Migration[] = [
  people,
  applications,
  authorizations,
  families,
  devices,
  upkeep,
  auditChain,
  spentTimes,
  mails,
  registrations,
  portal,
  familiesInOrder,
  refreshableFamilies,
  ringKeys,
];
