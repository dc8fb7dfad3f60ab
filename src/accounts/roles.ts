import type { StaffRole } from '../ports/store/index.ts';

/** `read`: sees the console. `answer`: talks with applicants. `administer`: changes things, and decides. */
export type Power = 'read' | 'answer' | 'administer';

const powers: Readonly<Record<StaffRole, readonly Power[]>> = {
  administrator: ['read', 'answer', 'administer'],
  support: ['read', 'answer'],
  auditor: ['read'],
};

export const staffRoles = Object.keys(powers) as readonly StaffRole[];

/** Whether somebody may do something in the console. */
export function may(role: StaffRole | null, power: Power): boolean {
  return role !== null && powers[role].includes(power);
}
