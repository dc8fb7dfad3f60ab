import { describe, expect, it } from 'vitest';
import type { Actor, AuditEvent } from '../../../src/ports/audit.ts';
import { testChangeRecord } from '../../support/database/change-records.ts';
import { createApplication, createUser, now } from './fixtures.ts';
import type { Open } from './index.ts';

const subject = 'application:a';

function eventBy(actor: Actor, change: Partial<AuditEvent> = {}): AuditEvent {
  return { at: now, actor, action: 'application.suspended', subject, from: '192.0.2.7', ...change };
}

export function auditHistoryContract(open: Open): void {
  describe('the history of an application', () => {
    it('names the actor of an entry only if it is a member', async () => {
      const store = await open();
      const { id: applicationId } = await createApplication(store);
      const [member, administrator] = [await createUser(store), await createUser(store)];
      await store.members.add({ applicationId, userId: member.id, role: 'member', now, record: testChangeRecord });
      const other = await createApplication(store);
      await store.members.add({
        applicationId: other.id,
        userId: administrator.id,
        role: 'owner',
        now,
        record: testChangeRecord,
      });
      const before = { status: 'active' };
      for (const [index, event] of [
        eventBy({ kind: 'user', id: member.id }, { before, after: { status: 'suspended' } }),
        eventBy({ kind: 'user', id: administrator.id }, { detail: { reason: 'Leaked' } }),
        eventBy({ kind: 'application', id: String(member.id) }),
        eventBy({ kind: 'command-line' }),
        eventBy({ kind: 'platform' }, { subject: 'application:b' }),
      ].entries()) {
        await store.audit.append({ ...event, at: now + index });
      }
      const entry = (index: number) => ({ id: expect.any(Number), at: now + index, action: 'application.suspended' });
      expect(await store.audit.history({ applicationId, subject, limit: 10 })).toEqual([
        { ...entry(3), memberId: null },
        { ...entry(2), memberId: null },
        { ...entry(1), memberId: null, detail: { reason: 'Leaked' } },
        { ...entry(0), memberId: member.id, before, after: { status: 'suspended' } },
      ]);
      expect(await store.audit.history({ applicationId, subject, limit: 2 })).toMatchObject([entry(3), entry(2)]);
      expect(await store.audit.history({ applicationId, subject: 'application:c', limit: 10 })).toEqual([]);
    });
  });
}
