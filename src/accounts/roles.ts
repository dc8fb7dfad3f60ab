import type { AdministratorRole } from '../ports/store/index.ts';

/** `read`: sees the console. `answer`: talks with applicants. `administer`: changes things, and decides. */
export type Permission = 'read' | 'answer' | 'administer';

const permissions: Readonly<Record<AdministratorRole, readonly Permission[]>> = {
  administrator: ['read', 'answer', 'administer'],
  support: ['read', 'answer'],
  auditor: ['read'],
};

export const administratorRoles = Object.keys(permissions) as readonly AdministratorRole[];

/** Whether somebody may do something in the console. */
export function may(role: AdministratorRole | null, permission: Permission): boolean {
  return role !== null && permissions[role].includes(permission);
}
