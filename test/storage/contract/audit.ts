import { describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../../src/ports/audit.ts';
import { now } from './fixtures.ts';
import type { Open } from './index.ts';

export function auditContract(open: Open): void {
  describe('the audit log', () => {
    it('returns the appended events, newest first', async () => {
      const { audit } = await open();
      const events: AuditEvent[] = [
        { at: now, actor: { kind: 'platform' }, action: 'store.opened', subject: 'store' },
        { at: now, actor: { kind: 'command-line' }, action: 'user.created', subject: 'user:1', from: '192.0.2.1' },
        { at: now - 1, actor: { kind: 'user', id: 1 }, action: 'session.opened', subject: 'user:1', detail: {} },
        {
          at: now,
          actor: { kind: 'application', id: 'x' },
          action: 'code.replayed',
          subject: 'family:y',
          detail: { text: 'ü\0\ud800', number: 1, truth: true, none: null },
        },
      ];
      for (const event of events) await audit.append(event);
      expect(await audit.latest(10)).toEqual(events.toReversed());
      expect(await audit.latest(1)).toEqual(events.slice(-1));
    });
  });
}
