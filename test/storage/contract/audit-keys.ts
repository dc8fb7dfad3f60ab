import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { auditKeyOf, auditKeysOf } from '../../../src/system/audit-keys.ts';
import { auditEvent } from './audit-fixtures.ts';
import { inParallel } from './fixtures.ts';
import type { Databases } from './index.ts';

export function auditKeysContract({ newDatabase, openOn }: Databases): void {
  const key = { id: 0, secret: randomBytes(32) };
  const keys = auditKeysOf({ current: () => key, find: (id) => (id === key.id ? key : undefined) });

  describe('the keys of the audit log', () => {
    it('authenticate every entry that is appended after they were set', async () => {
      const { audit } = await openOn(await newDatabase());
      await audit.append(auditEvent(1));
      expect(await audit.keyNames()).toEqual([]);
      audit.useKeys(keys);
      await inParallel(20, (index) => audit.append(auditEvent(index)));
      expect(await audit.keyNames()).toEqual([auditKeyOf(key).name]);
      expect(await audit.verify()).toMatchObject({ outcome: 'ok', entries: 21, unkeyed: 1, sealed: [] });
    });

    it('are needed from the first entry on that has one', async () => {
      const options = await newDatabase();
      const [keyed, keyless] = [await openOn(options), await openOn(options)];
      await keyless.audit.append(auditEvent(1));
      keyed.audit.useKeys(keys);
      await keyed.audit.append(auditEvent(2));
      await expect(keyless.audit.append(auditEvent(3))).rejects.toThrow('needs a key');
      expect(await keyed.audit.verify()).toMatchObject({ outcome: 'ok', entries: 2 });
      expect(await keyless.audit.verify()).toMatchObject({ outcome: 'unchecked', entries: 2 });
    });

    it('refuse a change if there is no current one, with the error that says why', async () => {
      const { audit } = await openOn(await newDatabase());
      const current = () => {
        throw new Error('the ring is lost');
      };
      audit.useKeys({ current, find: () => undefined });
      await expect(audit.append(auditEvent(1))).rejects.toThrow('the ring is lost');
      expect(await audit.latest(1)).toEqual([]);
    });

    it('protect a log without a key once, and never an empty one', async () => {
      const { audit } = await openOn(await newDatabase());
      audit.useKeys({ ...keys, current: () => undefined });
      expect(await audit.protect(auditEvent(1))).toBe(false);
      await audit.append(auditEvent(2));
      expect(await audit.verify()).toMatchObject({ outcome: 'broken', id: null, reason: 'unprotected' });
      audit.useKeys(keys);
      expect([await audit.protect(auditEvent(3)), await audit.protect(auditEvent(4))]).toEqual([true, false]);
      expect(await audit.verify()).toMatchObject({ outcome: 'ok', entries: 2, unkeyed: 1 });
    });
  });

  it('the head of the audit log is its last entry', async () => {
    const { audit } = await openOn(await newDatabase());
    expect(await audit.head()).toBeUndefined();
    await audit.append(auditEvent(1));
    const [entry] = await audit.readAll(null, 1);
    expect(await audit.head()).toEqual({ id: entry?.id, hash: entry?.hash });
  });
}
