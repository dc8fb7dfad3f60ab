import type { StaffRole } from '../ports/store/index.ts';

/** `read`: sees the console. `answer`: talks with applicants. `administer`: changes things, and decides. */
export type Permission = 'read' | 'answer' | 'administer';

const permissions: Readonly<Record<StaffRole, readonly Permission[]>> = {
  administrator: ['read', 'answer', 'administer'],
  support: ['read', 'answer'],
  auditor: ['read'],
};

export const staffRoles = Object.keys(permissions) as readonly StaffRole[];

/** Whether somebody may do something in the console. */
export function may(role: StaffRole | null, permission: Permission): boolean {
  return role !== null && permissions[role].includes(permission);
}
