import type {
  NewMessage,
  RegistrationAnswers,
  RegistrationStep,
  SandboxDesign,
  Store,
  User,
} from '../../../src/ports/store/index.ts';
import { testChangeRecord } from '../../support/database/change-records.ts';
import { createUser, newApplication, now, unique } from './fixtures.ts';

export function answersWith(productName: string): RegistrationAnswers {
  const company = { organisation: 'Planner Ltd', country: 'CH', website: 'https://planner.example' };
  const people = { technicalName: 'Ada', technicalEmail: 'ada@example.org', legalName: '', legalEmail: '' };
  const data = { purpose: 'Plans', dataViewers: '', expectedUsers: '', storage: '', deletion: '', privacyPolicy: '' };
  const type = { grantType: '', passwordReason: '', kind: 'server', callbacks: '' } as const;
  return { productName, ...company, ...people, ...data, ...type };
}

export function draftOf(owner: User, change: Partial<ReturnType<typeof newDraft>> = {}) {
  return { ...newDraft(owner.id), ...change };
}

function newDraft(ownerId: number) {
  return { id: unique(), ownerId, version: 0, answers: answersWith('Team Planner'), now };
}

export async function createDraft(store: Store, change: Partial<ReturnType<typeof newDraft>> = {}) {
  const owner = await createUser(store);
  const draft = draftOf(owner, change);
  await store.registrations.saveDraft(draft);
  return { owner, draft, id: draft.id };
}

export function stepOf(id: string, change: Partial<RegistrationStep> = {}): RegistrationStep {
  return {
    id,
    version: 1,
    state: 'submitted',
    queued: true,
    messages: [],
    effect: { kind: 'none' },
    record: testChangeRecord,
    now,
    ...change,
  };
}

export async function createSubmitted(store: Store, at: number, id = unique()) {
  const created = await createDraft(store, { id });
  await store.registrations.step(stepOf(id, { now: at }));
  return created;
}

export function messageWith(text: string, change: Partial<NewMessage> = {}): NewMessage {
  return { authorId: null, side: 'staff', kind: 'message', field: null, text, state: null, ...change };
}

export function newSandbox(serialNumbers: readonly string[] = [unique(), unique()]): SandboxDesign {
  const names = { firstName: 'Test', lastName: 'User', administratorRole: null };
  return {
    application: newApplication(),
    testUser: { email: `${unique()}@example.org`, passwordHash: 'hash 1', ...names, now },
    devices: serialNumbers.map((serialNumber) => ({ serialNumber, deviceName: '00112233aabb' })),
  };
}
