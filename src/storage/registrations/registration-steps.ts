import type { RegistrationStep, Registrations, StepEffect } from '../../ports/store/index.ts';
import { insertApplication } from '../applications/new-application.ts';
import { addMember } from '../applications/new-member.ts';
import { createSandbox } from '../applications/sandbox.ts';
import { recordChange } from '../audit/change-record.ts';
import type { Connection } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import { abort, transaction } from '../core/transaction.ts';
import { addMessages } from './registration-messages.ts';

type Draft = Parameters<Registrations['saveDraft']>[0];

const insert = query((db, params: BindParams<Omit<Draft, 'answers' | 'version'> & { answers: string }>) =>
  db
    .insertInto('registrations')
    .values({
      id: params.id,
      owner_id: params.ownerId,
      state: 'draft',
      answers: params.answers,
      version: 1,
      created_at: params.now,
      updated_at: params.now,
    })
    .onConflict((conflict) => conflict.doNothing()),
);

const update = query((db, params: BindParams<Omit<Draft, 'answers'> & { answers: string }>) =>
  db
    .updateTable('registrations')
    .set((row) => ({ answers: params.answers, version: row('version', '+', row.lit(1)), updated_at: params.now }))
    .where('id', '=', params.id)
    .where('owner_id', '=', params.ownerId)
    .where('state', '=', 'draft')
    .where('version', '=', params.version),
);

export const saveDraft = transaction(
  'registrations.saveDraft',
  { unrecorded: 'Nothing is in effect yet' },
  async (db: Connection, draft: Draft): Promise<'saved' | 'lost'> => {
    const args = { ...draft, answers: JSON.stringify(draft.answers) };
    return (await db.changed(draft.version === 0 ? insert : update, args)) === 0 ? 'lost' : 'saved';
  },
);

const suspend = query((db, params: BindParams<{ id: string }>) =>
  db.updateTable('applications').set({ status: 'suspended' }).where('id', '=', params.id),
);

/**
 * Creates the application of a step. Returns its ID, and the column of the registration that links to it; `undefined`:
 * the step creates none.
 */
async function createFor(db: Connection, effect: StepEffect, now: number) {
  switch (effect.kind) {
    case 'create_application': {
      const { id } = await insertApplication(db, effect.application);
      return { id, link: { application_id: id } };
    }
    case 'create_sandbox': {
      const { id } = await createSandbox(db, effect.sandbox, now);
      return { id, link: { sandbox_id: id } };
    }
    case 'suspend_sandbox':
    case 'none':
      return undefined;
  }
}

/** Not prepared: each step sets other columns, and steps are rare. */
export const writeStep = transaction(
  'registrations.step',
  { recorded: true },
  async (db: Connection, step: RegistrationStep): Promise<'done' | 'lost'> => {
    const { id, version, state, answers, queued, effect, now } = step;
    const created = await createFor(db, effect, now);
    const change = query((queries) =>
      queries
        .updateTable('registrations')
        .set((row) => ({
          state,
          version: row('version', '+', row.lit(1)),
          updated_at: now,
          ...(answers && { answers: JSON.stringify(answers) }),
          ...(queued && { submitted_at: now }),
          ...created?.link,
        }))
        .where('id', '=', id)
        .where('version', '=', version)
        .returning(['owner_id', 'sandbox_id']),
    );
    const changed = await db.first(change, {});
    if (changed === undefined) return abort('lost');
    if (created !== undefined) {
      await addMember(db, { applicationId: created.id, userId: changed.owner_id, role: 'owner', now });
    }
    const suspendsSandbox = effect.kind === 'create_application' || effect.kind === 'suspend_sandbox';
    if (suspendsSandbox && changed.sandbox_id !== null) await db.rows(suspend, { id: changed.sandbox_id });
    await addMessages(db, id, step.messages, now);
    await recordChange(db, step.record);
    return 'done';
  },
);
