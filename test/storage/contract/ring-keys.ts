import { describe, expect, it } from 'vitest';
import type { RingKey } from '../../../src/ports/store/index.ts';
import { now } from './fixtures.ts';
import type { Open } from './index.ts';

const keys = [0, 1, 2, 3].map((id): RingKey => ({ id, fingerprint: `fingerprint-of-key-000${id}` }));
const ringOf = (...ids: readonly number[]) => ids.flatMap((id) => keys[id] ?? []);
const known = { outcome: 'known' };

export function ringKeysContract(open: Open): void {
  describe('the keys of the ring', () => {
    it('are unknown before the first node starts; then its current key is the signing key', async () => {
      const { ringKeys } = await open();
      expect(await ringKeys.signing()).toBeUndefined();
      expect(await ringKeys.register(ringOf(1, 0), now)).toEqual(known);
      expect(await ringKeys.signing()).toEqual(keys[1]);
      // Key 0 never signed.
      expect(await ringKeys.register(ringOf(0), now)).toEqual({ outcome: 'foreign', signing: keys[1] });
    });

    it('are refused without the signing key, whatever its ID, and nothing is written', async () => {
      const { ringKeys } = await open();
      await ringKeys.register(ringOf(0), now);
      for (const ring of [ringOf(1), ringOf(2, 3), [{ id: 0, fingerprint: 'another' }]]) {
        expect(await ringKeys.register(ring, now)).toEqual({ outcome: 'foreign', signing: keys[0] });
      }
      expect(await ringKeys.signing()).toEqual(keys[0]);
    });

    it('advance in order: a node that still signs with an older key changes nothing', async () => {
      const { ringKeys } = await open();
      for (const ring of [[0], [0, 1], [1, 0], [0, 1], [1]]) {
        expect(await ringKeys.register(ringOf(...ring), now)).toEqual(known);
      }
      expect(await ringKeys.signing()).toEqual(keys[1]);
    });

    it('become known from one of several nodes that start in parallel, and other rings are refused', async () => {
      const { ringKeys } = await open();
      const outcomes = await Promise.all(keys.flatMap((key) => [0, 1, 2].map(() => ringKeys.register([key], now))));
      const signing = await ringKeys.signing();
      expect(outcomes.filter(({ outcome }) => outcome === 'known')).toHaveLength(3);
      expect(outcomes.filter((one) => one.outcome === 'foreign')).toEqual(
        Array(9).fill({ outcome: 'foreign', signing }),
      );
    });

    it('are recorded with the audit entry of a rotation, unless another ring is in use', async () => {
      const { ringKeys, audit } = await open();
      await ringKeys.register(ringOf(0), now);
      const event = { at: now, actor: { kind: 'command-line' }, action: 'keys.rotated', subject: 'platform' } as const;
      expect(await ringKeys.recordChange(ringOf(2), { event })).toEqual({ outcome: 'foreign', signing: keys[0] });
      expect((await audit.latest(1))[0]?.action).not.toBe('keys.rotated');
      expect(await ringKeys.recordChange(ringOf(1, 0), { event })).toEqual(known);
      expect(await ringKeys.signing()).toEqual(keys[1]);
      expect((await audit.latest(1))[0]).toMatchObject(event);
    });

    it('are deleted when another key is adopted, with an audit entry', async () => {
      const { ringKeys, audit } = await open();
      for (const ring of [[0], [1, 0]]) await ringKeys.register(ringOf(...ring), now);
      const event = { at: now, actor: { kind: 'command-line' }, action: 'keys.adopted', subject: 'platform' } as const;
      await ringKeys.adopt({ id: 0, fingerprint: 'another' }, { event });
      expect(await ringKeys.signing()).toEqual({ id: 0, fingerprint: 'another' });
      expect(await ringKeys.register(ringOf(1, 0), now)).toMatchObject({ outcome: 'foreign' });
      expect((await audit.latest(1))[0]).toMatchObject(event);
    });
  });
}
