import type { AdministratorRole } from '../ports/store/index.ts';

/**
 * `read`: see the console. `answer`: write to applicants. `administer`: decide on registrations, and change anything.
 */
export type Permission = 'read' | 'answer' | 'administer';

const permissions: Readonly<Record<AdministratorRole, readonly Permission[]>> = {
  administrator: ['read', 'answer', 'administer'],
  support: ['read', 'answer'],
  auditor: ['read'],
};

export const administratorRoles = Object.keys(permissions) as readonly AdministratorRole[];

/** Whether a role has a permission in the console; `null`: a user without a role, who has none. */
export function may(role: AdministratorRole | null, permission: Permission): boolean {
  return role !== null && permissions[role].includes(permission);
}
