import { describe, expect, it } from 'vitest';
import type { User } from '../../../src/ports/store/index.ts';
import { testChangeRecord } from '../../support/database/change-records.ts';
import { createUser, minute, now, unique } from './fixtures.ts';
import type { Open } from './index.ts';

export function sessionsContract(open: Open): void {
  const newSession = (user: User) => ({
    idHash: unique(),
    userId: user.id,
    passwordEpoch: 0,
    createdAt: now,
    expiresAt: now + minute,
    from: '192.0.2.1',
    userAgent: 'Firefox',
  });

  describe('sessions', () => {
    it('are found with their user until they expire', async () => {
      const store = await open();
      const user = await createUser(store);
      const session = newSession(user);
      await store.sessions.open(session, null);
      const { idHash, userId, createdAt, expiresAt } = session;
      const found = { session: { idHash, userId, createdAt, expiresAt, confirmedAt: createdAt }, user };
      expect(await store.sessions.find(idHash, now)).toEqual(found);
      expect(await store.sessions.find(idHash, now + minute - 1)).toEqual(found);
      expect(await store.sessions.find(idHash, now + minute)).toBeUndefined();
    });

    it('delete the one they replace', async () => {
      const store = await open();
      const user = await createUser(store);
      const [first, second] = [newSession(user), newSession(user)];
      await store.sessions.open(first, null);
      await store.sessions.open(second, first.idHash);
      expect(await store.sessions.find(first.idHash, now)).toBeUndefined();
      expect(await store.sessions.find(second.idHash, now)).toBeDefined();
    });

    it('are not found once they are closed or their user is disabled', async () => {
      const store = await open();
      const user = await createUser(store);
      const [closed, disabled] = [newSession(user), newSession(user)];
      await store.sessions.open(closed, null);
      await store.sessions.open(disabled, null);
      await store.sessions.close(closed.idHash);
      await store.sessions.close(unique());
      expect(await store.sessions.find(closed.idHash, now)).toBeUndefined();
      expect(await store.sessions.find(disabled.idHash, now)).toBeDefined();
      await store.users.setDisabled(user.id, now, testChangeRecord);
      expect(await store.sessions.find(disabled.idHash, now)).toBeUndefined();
    });
  });
}
