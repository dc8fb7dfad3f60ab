import { describe, expect, it } from 'vitest';
import type { SandboxDesign, StepEffect, Store } from '../../../src/ports/store/index.ts';
import { never, newChangeRecord, once, timesStored } from './change-records.ts';
import { createUser, inParallel, newApplication, now, tally, unique } from './fixtures.ts';
import type { Open } from './index.ts';
import { answersWith, createDraft, draftOf, messageWith, newSandbox, stepOf } from './registration-fixtures.ts';

/** Counts the rows that a step can create besides messages. */
async function countCreated(store: Store) {
  return {
    applications: (await store.applications.list()).length,
    users: await store.users.count(),
    devices: (await store.devices.search({ limit: 99 })).rows.length,
  };
}

export function registrationsContract(open: Open): void {
  describe('drafts of registrations', () => {
    it('are saved version by version, and found with their owner', async () => {
      const store = await open();
      const { owner, draft, id } = await createDraft(store);
      const { answers } = draft;
      const saved = { id, ownerId: owner.id, ownerEmail: owner.email, state: 'draft', answers, version: 1 };
      const unset = { submittedAt: null, applicationId: null, sandboxId: null };
      const registration = { ...saved, createdAt: now, updatedAt: now, ...unset };
      expect(await store.registrations.find(id, 'platform')).toEqual(registration);
      const changed = { answers: answersWith('Zürich "\\'), version: 1, now: now + 1 };
      expect(await store.registrations.saveDraft({ ...draft, ...changed })).toBe('saved');
      const second = { ...registration, ...changed, now: undefined, version: 2, updatedAt: now + 1 };
      expect(await store.registrations.find(id, 'platform')).toEqual(second);
      expect(await store.registrations.find(unique(), 'platform')).toBeUndefined();
      expect(await store.registrations.messages(id, 'platform')).toEqual([]);
      expect(await store.registrations.position({ id, submittedAt: null })).toBe(0);
    });

    it('are not saved with another version or owner, or once they were submitted', async () => {
      const store = await open();
      const { draft, id } = await createDraft(store);
      const other = await createUser(store);
      const answers = answersWith('Another');
      for (const change of [{ version: 0 }, { version: 2 }, { version: 1, ownerId: other.id }]) {
        expect(await store.registrations.saveDraft({ ...draft, answers, ...change })).toBe('lost');
      }
      expect(await store.registrations.saveDraft({ ...draft, id: unique(), version: 1 })).toBe('lost');
      expect(await store.registrations.find(id, 'platform')).toMatchObject({ version: 1, answers: draft.answers });
      await store.registrations.step(stepOf(id));
      expect(await store.registrations.saveDraft({ ...draft, version: 2 })).toBe('lost');
    });

    it('are saved by one of 20 parallel calls', async () => {
      const store = await open();
      const draft = draftOf(await createUser(store));
      const first = await inParallel(20, () => store.registrations.saveDraft(draft));
      expect(tally(first)).toEqual({ saved: 1, lost: 19 });
      const second = await inParallel(20, () => store.registrations.saveDraft({ ...draft, version: 1 }));
      expect(tally(second)).toEqual({ saved: 1, lost: 19 });
      expect(await store.registrations.find(draft.id, 'platform')).toMatchObject({ version: 2 });
    });
  });

  describe('a step of a registration', () => {
    it('changes the state and adds its messages, in their order', async () => {
      const store = await open();
      const { owner, draft, id } = await createDraft(store);
      const submitted = newChangeRecord();
      const answers = answersWith('Planner');
      expect(await store.registrations.step(stepOf(id, { answers, now: now + 1, record: submitted }))).toBe('done');
      const times = { updatedAt: now + 1, submittedAt: now + 1 };
      const queued = { state: 'submitted', version: 2, answers, createdAt: draft.now, ...times };
      expect(await store.registrations.find(id, 'platform')).toMatchObject(queued);
      const messages = [
        messageWith('Which callback?', { kind: 'question', field: 'callbacks' }),
        messageWith('', { authorId: owner.id, side: 'owner', kind: 'step', state: 'information_requested' }),
      ];
      const question = { version: 2, state: 'information_requested', queued: false, messages, now: now + 2 } as const;
      expect(await store.registrations.step(stepOf(id, question))).toBe('done');
      const after = { ...queued, state: 'information_requested', version: 3, updatedAt: now + 2 };
      expect(await store.registrations.find(id, 'platform')).toMatchObject(after);
      await store.registrations.step(stepOf(id, { version: 3, messages: [messageWith('Thanks')], now: now + 3 }));
      const names = [null, 'Ada Keller', null];
      expect(await store.registrations.messages(id, 'platform')).toEqual(
        [...messages, messageWith('Thanks')].map((message, index) => {
          const at = index === 2 ? now + 3 : now + 2;
          return { ...message, id: expect.any(Number), at, authorName: names[index] };
        }),
      );
      expect(await store.registrations.messages('nobody', 'platform')).toEqual([]);
      expect(await timesStored(store, submitted)).toEqual(once);
    });

    it('creates a sandbox, then the application with its owner, which suspends the sandbox', async () => {
      const store = await open();
      const { owner, id } = await createDraft(store);
      const sandbox = newSandbox(['1', '2', '3']);
      await store.registrations.step(stepOf(id, { effect: { kind: 'create_sandbox', sandbox } }));
      const manager = await store.users.findByEmail(sandbox.testUser.email);
      const sandboxId = sandbox.application.id;
      expect(await store.registrations.find(id, 'platform')).toMatchObject({ sandboxId, applicationId: null });
      const forOne = { sandboxUserId: manager?.id, status: 'active' };
      expect(await store.applications.find(sandboxId)).toMatchObject(forOne);
      const query = { page: 1, limit: 9, orderBy: 'serial_number', descending: false, now: now + 1 } as const;
      const serials = async (current: boolean) => {
        const { rows } = await store.devices.list({ ...query, userId: manager?.id ?? 0, current });
        return rows.map(({ serialNumber }) => serialNumber);
      };
      expect([await serials(true), await serials(false)]).toEqual([['1', '2'], ['3']]);

      const application = newApplication();
      const effect = { kind: 'create_application', application } as const;
      const approval = { version: 2, state: 'approved', queued: false, effect } as const;
      expect(await store.registrations.step(stepOf(id, approval))).toBe('done');
      const approved = { state: 'approved', applicationId: application.id, sandboxId };
      expect(await store.registrations.find(id, 'platform')).toMatchObject(approved);
      expect(await store.registrations.findByApplication(application.id)).toEqual(
        await store.registrations.find(id, 'platform'),
      );
      expect(await store.registrations.findByApplication(unique())).toBeUndefined();
      expect(await store.applications.find(sandboxId)).toMatchObject({ ...forOne, status: 'suspended' });
      expect(await store.applications.find(application.id)).toMatchObject({ status: 'active', sandboxUserId: null });
      for (const applicationId of [application.id, sandboxId]) {
        expect(await store.members.list(applicationId)).toMatchObject([{ userId: owner.id, role: 'owner' }]);
      }
    });

    it('that is lost writes nothing: no state, messages, emails, application or sandbox', async () => {
      const store = await open();
      const { id } = await createDraft(store);
      const effect = { kind: 'create_sandbox', sandbox: newSandbox(['1', '2']) } as const;
      await store.registrations.step(stepOf(id, { effect }));
      const before = [await store.registrations.find(id, 'platform'), await countCreated(store)];
      const record = newChangeRecord();
      const approval = { kind: 'create_application', application: newApplication() } as const;
      const step = { messages: [messageWith('Hello')], effect: approval, record } as const;
      const taken = newSandbox(['3', '2']);
      const sandboxUser = await createUser(store);
      const known = newSandbox();
      const creating = (sandbox: SandboxDesign) => ({ effect: { kind: 'create_sandbox', sandbox } as const });
      for (const change of [
        { version: 1 },
        { version: 1, ...creating(newSandbox()) },
        { version: 1, effect: { kind: 'suspend_sandbox' } as const },
        { version: 3 },
        { version: 2, ...creating(taken) },
        { version: 2, ...creating({ ...known, testUser: { ...known.testUser, email: sandboxUser.email } }) },
      ]) {
        expect(await store.registrations.step(stepOf(id, { ...step, ...change }))).toBe('lost');
      }
      expect(await store.registrations.step(stepOf(unique(), step))).toBe('lost');
      const [registration, counts] = before;
      expect(await store.registrations.find(id, 'platform')).toEqual(registration);
      expect(await countCreated(store)).toEqual({ ...counts, users: await store.users.count() });
      expect(await store.users.findByEmail(taken.testUser.email)).toBeUndefined();
      expect(await store.registrations.messages(id, 'platform')).toEqual([]);
      const { sandboxId } = (await store.registrations.find(id, 'platform')) ?? {};
      expect(await store.applications.find(sandboxId ?? '')).toMatchObject({ status: 'active' });
      expect(await timesStored(store, record)).toEqual(never);
    });

    it.each<[string, () => StepEffect, object]>([
      ['a sandbox', () => ({ kind: 'create_sandbox', sandbox: newSandbox() }), { users: 2, devices: 2 }],
      [
        'an application',
        () => ({ kind: 'create_application', application: newApplication() }),
        { users: 1, devices: 0 },
      ],
    ])('is made by one of 10 parallel calls, with what it creates: %s', async (_, newEffect, others) => {
      const store = await open();
      const { owner, id } = await createDraft(store);
      const record = newChangeRecord();
      const outcomes = await inParallel(10, (index) => {
        const messages = [messageWith(`${index}`)];
        return store.registrations.step(stepOf(id, { effect: newEffect(), messages, record }));
      });
      expect(tally(outcomes)).toEqual({ done: 1, lost: 9 });
      expect(await store.registrations.messages(id, 'platform')).toMatchObject([
        { text: `${outcomes.indexOf('done')}` },
      ]);
      expect(await countCreated(store)).toEqual({ applications: 1, ...others });
      expect(await store.members.applicationsOf(owner.id)).toHaveLength(1);
      expect(await timesStored(store, record)).toEqual(once);
    });
  });
}
