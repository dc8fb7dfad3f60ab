import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../../src/ports/audit.ts';
import type { AuditLog, AuditQuery } from '../../../src/ports/store/index.ts';
import { inParallel, now } from './fixtures.ts';
import type { Open } from './index.ts';

const events: readonly AuditEvent[] = [
  { at: now, actor: { kind: 'platform' }, action: 'store.opened', subject: 'a' },
  { at: now + 1, actor: { kind: 'command-line' }, action: 'application.created', subject: 'b', from: '192.0.2.77' },
  {
    at: now + 2,
    actor: { kind: 'user', id: 1 },
    action: 'application.suspended',
    subject: 'c',
    detail: { x: 'Größe' },
  },
  {
    at: now + 2,
    actor: { kind: 'user', id: 12 },
    action: 'applications.counted',
    subject: 'd',
    before: { y: '50%_"' },
  },
  { at: now + 5, actor: { kind: 'application', id: '1' }, action: 'application', subject: 'c', after: { z: true } },
  // Written by a node whose clock is slow.
  { at: now + 3, actor: { kind: 'user', id: 1 }, action: 'application.resumed', subject: 'C' },
];

export function auditListContract(open: Open): void {
  describe('the list of the audit log', () => {
    let audit: AuditLog;
    beforeEach(async () => {
      ({ audit } = await open());
      for (const event of events) await audit.append(event);
    });

    const pageOf = async (query: Partial<AuditQuery>) => audit.list({ limit: 10, ...query });
    const subjects = async (query: Partial<AuditQuery>) =>
      (await pageOf(query)).entries.map(({ subject }) => subject).join('');

    it('has the whole event, its ID and its hashes', async () => {
      const { entries } = await pageOf({});
      const stored = await audit.readAll(null, 10);
      expect(entries).toEqual([...stored].sort((a, b) => b.at - a.at || b.id - a.id));
      expect(entries.find(({ subject }) => subject === 'd')).toEqual({
        ...events[3],
        id: stored[3]?.id,
        hash: expect.stringMatching(/^[\w-]{43}$/),
        previousHash: stored[2]?.hash,
      });
    });

    it.each<[string, Partial<AuditQuery>, string]>([
      ['without conditions, newest first', {}, 'cCdcba'],
      ['from a moment on, included', { since: now + 3 }, 'cC'],
      ['until a moment, excluded', { until: now + 2 }, 'ba'],
      ['between two moments', { since: now + 1, until: now + 3 }, 'dcb'],
      ['by a user', { actor: { kind: 'user', id: 1 } }, 'Cc'],
      ['by an application, not by the user with the same ID', { actor: { kind: 'application', id: '1' } }, 'c'],
      ['by the command line', { actor: { kind: 'command-line' } }, 'b'],
      ['by a user without entries', { actor: { kind: 'user', id: 99 } }, ''],
      ['of one action', { action: 'application.created' }, 'b'],
      ['of an action whose name is the beginning of others', { action: 'application' }, 'c'],
      ['of all actions with a prefix', { action: 'application.' }, 'Ccb'],
      ['of one subject, exactly', { subject: 'c' }, 'cc'],
      ['of a subject that can’t be stored', { subject: 'c\0' }, ''],
      ['under several conditions', { subject: 'c', actor: { kind: 'user', id: 1 }, action: 'application.' }, 'c'],
      ['with a text in the detail, in any case', { search: 'GRÖSSE'.replace('SS', 'ß') }, 'c'],
      ['with a text before', { search: '50%_"' }, 'd'],
      ['with a text after', { search: 'TRUE' }, 'c'],
      ['with a text in the address', { search: '2.77' }, 'b'],
      ['with a text in the action', { search: 'SUSPEND' }, 'c'],
      ['with a text and a condition', { search: 'c', action: 'store.' }, ''],
      ['with the name of a member, which is not searched', { search: '"y"' }, ''],
    ])('returns entries %s', async (_, query, expected) => {
      expect(await subjects(query)).toBe(expected);
    });

    it.each<[string, Partial<AuditQuery>]>([
      ['all', {}],
      ['actions with a prefix', { action: 'application.' }],
      ['entries of one moment', { since: now + 2, until: now + 3 }],
      ['search results', { search: 'c' }],
    ])('continues page by page: %s', async (_, query) => {
      const all = (await pageOf(query)).entries;
      const paged: unknown[] = [];
      let before: number | undefined;
      for (;;) {
        const page = await pageOf({ ...query, limit: 1, before });
        paged.push(...page.entries);
        if (page.next === null) break;
        before = page.next;
      }
      expect(paged).toEqual(all);
    });

    it('has no next page after the last', async () => {
      expect((await pageOf({ limit: 6 })).next).toBeNull();
      expect((await pageOf({ limit: 5 })).next).not.toBeNull();
      expect(await pageOf({ before: 9_999_999 })).toEqual({ entries: [], next: null });
    });

    it('searches 10,000 entries for one page, and continues on the next', async () => {
      const { audit: long } = await open();
      await long.append({ at: now, actor: { kind: 'platform' }, action: 'store.opened', subject: 'needle' });
      for (let step = 0; step < 10; step += 1) {
        await inParallel(1000, () => long.append({ ...(events[0] as AuditEvent), at: now + 1 }));
      }
      const first = await long.list({ search: 'needle', limit: 5 });
      expect([first.entries, first.next === null]).toEqual([[], false]);
      const second = await long.list({ search: 'needle', limit: 5, before: first.next ?? undefined });
      expect([second.entries.length, second.next]).toEqual([1, null]);
    });
  });

  describe('reading all of the audit log', () => {
    it('returns the order of appending, batch by batch', async () => {
      const { audit } = await open();
      for (const event of events) await audit.append(event);
      const first = await audit.readAll(null, 4);
      const second = await audit.readAll(first.at(-1)?.id ?? null, 4);
      expect([...first, ...second].map(({ subject }) => subject).join('')).toBe('abcdcC');
      expect(await audit.readAll(second.at(-1)?.id ?? null, 4)).toEqual([]);
    });
  });
}
