import type { AuditEvent } from '../../../src/ports/audit.ts';
import { now } from './fixtures.ts';

/** Returns an event that differs from others by its index. */
export const auditEvent = (index: number): AuditEvent => ({
  at: now + index,
  actor: { kind: 'user', id: 7 },
  action: 'device.taken',
  subject: `device:${index}`,
  from: '192.0.2.1',
  detail: { number: index },
});
