import { peopleTables } from './0001-people.ts';
import { applicationTables } from './0002-applications.ts';
import { authorizationTables } from './0003-authorizations.ts';
import { familyTables } from './0004-families.ts';
import { deviceTables } from './0005-devices.ts';
import { upkeep } from './0006-upkeep.ts';
import { auditChain } from './0007-audit-chain.ts';
import { spentTimes } from './0009-spent-times.ts';
import { mailTable } from './0010-mails.ts';
import { registrationTables } from './0011-registrations.ts';
import { portal } from './0012-portal.ts';
import { familiesInOrder } from './0013-families-in-order.ts';
import { refreshableFamilies } from './0014-refreshable-families.ts';
import { ringKeyTable } from './0015-ring-keys.ts';
import { auditKeys } from './0016-audit-keys.ts';
import type { Migration } from './migration.ts';

/** All migrations in their order. There is no 0008. */
export const migrations: readonly Migration[] = [
  peopleTables,
  applicationTables,
  authorizationTables,
  familyTables,
  deviceTables,
  upkeep,
  auditChain,
  spentTimes,
  mailTable,
  registrationTables,
  portal,
  familiesInOrder,
  refreshableFamilies,
  ringKeyTable,
  auditKeys,
];
