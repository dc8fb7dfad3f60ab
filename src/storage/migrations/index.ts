import { createPeople } from './0001-people.ts';
import { createApplications } from './0002-applications.ts';
import { createAuthorizations } from './0003-authorizations.ts';
import { createFamilies } from './0004-families.ts';
import { createDevices } from './0005-devices.ts';
import { createUpkeep } from './0006-upkeep.ts';
import { auditChain } from './0007-audit-chain.ts';
import { spentTimes } from './0009-spent-times.ts';
import { createMails } from './0010-mails.ts';
import { createRegistrations } from './0011-registrations.ts';
import { portal } from './0012-portal.ts';
import { familiesInOrder } from './0013-families-in-order.ts';
import { refreshableFamilies } from './0014-refreshable-families.ts';
import { createRingKeys } from './0015-ring-keys.ts';
import { auditKeys } from './0016-audit-keys.ts';
import { grantSwitches } from './0017-grant-switches.ts';
import type { Migration } from './migration.ts';

/** All migrations in their order. There is no 0008. */
export const migrations: readonly Migration[] = [
  createPeople,
  createApplications,
  createAuthorizations,
  createFamilies,
  createDevices,
  createUpkeep,
  auditChain,
  spentTimes,
  createMails,
  createRegistrations,
  portal,
  familiesInOrder,
  refreshableFamilies,
  createRingKeys,
  auditKeys,
  grantSwitches,
];
