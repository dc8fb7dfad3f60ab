import { describe, expect, it } from 'vitest';
import { createUser, now, unique } from './fixtures.ts';
import type { Open } from './index.ts';
import { createDraft, createSubmitted, messageWith, stepOf } from './registration-fixtures.ts';

export function registrationReadersContract(open: Open): void {
  describe('a registration', () => {
    it('is found for its owner and for administrators once it was submitted, and for no other user', async () => {
      const store = await open();
      const { owner, id } = await createSubmitted(store, now);
      const other = await createUser(store);
      await createSubmitted(store, now);
      const whole = await store.registrations.find(id, 'platform');
      expect(whole).toMatchObject({ id, state: 'submitted' });
      expect(await store.registrations.find(id, { ownerId: owner.id })).toEqual(whole);
      expect(await store.registrations.find(id, 'administrators')).toEqual(whole);
      expect(await store.registrations.find(id, { ownerId: other.id })).toBeUndefined();
      expect(await store.registrations.find(unique(), { ownerId: owner.id })).toBeUndefined();
    });

    it('is found only for the platform while it is a draft', async () => {
      const store = await open();
      const { owner, id } = await createDraft(store);
      expect(await store.registrations.find(id, 'platform')).toMatchObject({ state: 'draft' });
      expect(await store.registrations.find(id, { ownerId: owner.id })).toBeUndefined();
      expect(await store.registrations.find(id, 'administrators')).toBeUndefined();
    });
  });

  describe('the messages of a registration', () => {
    it('have no notes and no names of administrators for its owner, and all for administrators', async () => {
      const store = await open();
      const { owner, id } = await createSubmitted(store, now);
      const authorId = (await createUser(store)).id;
      const messages = [
        messageWith('Which callback?', { authorId, kind: 'question', field: 'callbacks' }),
        messageWith('Ask again on Monday', { authorId, kind: 'note' }),
        messageWith('This one', { authorId: owner.id, side: 'owner' }),
      ];
      await store.registrations.step(stepOf(id, { version: 2, messages }));
      const whole = await store.registrations.messages(id, 'administrators');
      expect(whole).toMatchObject(messages.map((message) => ({ ...message, authorName: 'Ada Keller' })));
      expect(await store.registrations.messages(id, 'platform')).toEqual(whole);
      const [question, , reply] = whole;
      const unnamed = { ...question, authorId: null, authorName: null };
      expect(await store.registrations.messages(id, { ownerId: owner.id })).toEqual([unnamed, reply]);
    });

    it('are empty for another user, and while it is a draft', async () => {
      const store = await open();
      const { owner, id } = await createDraft(store);
      const other = await createUser(store);
      const messages = [messageWith('Hello')];
      await store.registrations.step(stepOf(id, { state: 'draft', messages }));
      expect(await store.registrations.messages(id, 'platform')).toMatchObject(messages);
      expect(await store.registrations.messages(id, { ownerId: owner.id })).toEqual([]);
      expect(await store.registrations.messages(id, 'administrators')).toEqual([]);
      await store.registrations.step(stepOf(id, { version: 2 }));
      expect(await store.registrations.messages(id, { ownerId: owner.id })).toMatchObject(messages);
      expect(await store.registrations.messages(id, { ownerId: other.id })).toEqual([]);
    });
  });
}
