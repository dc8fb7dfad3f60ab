import { publicClientProblems } from '../applications/public-clients.ts';
import { mailTemplates } from '../mail/templates.ts';
import type { Application, GrantChange, InitialGrant } from '../ports/store/index.ts';
import { findApplication, subjectOf } from './applications.ts';
import { changeRecord, type UseCaseContext } from './context.ts';
import {
  addRequest,
  closeChange,
  findOpenChange,
  type GrantChangeOutcome,
  grantNames,
  isPublicPassword,
  mailsToAll,
  missesCallback,
  updateChange,
} from './grant-changes.ts';

/** A switch can be undone for this long, in ms. */
export const undoMs = 24 * 3_600_000;

/**
 * Switches to the other grant type, now or at `dueAt` (ms since 1970). Completes the open request of an owner; without
 * one it stores a request first, so that every switch has its change record.
 */
export async function switchGrantType(
  context: UseCaseContext,
  clientId: string,
  to: InitialGrant,
  {
    dueAt = null,
    evenWithoutCallback = false,
  }: { readonly dueAt?: number | null; readonly evenWithoutCallback?: boolean } = {},
): Promise<GrantChangeOutcome> {
  const application = await findApplication(context, clientId);
  if (application === undefined) return 'unknown';
  if (application.grantType === to) return 'same';
  if (isPublicPassword(application, to)) return 'public_password';
  if (missesCallback(application, to) && !evenWithoutCallback) return 'no_callback';
  if (dueAt !== null && dueAt <= context.now) return 'bad_date';
  const open = await findOpenChange(context, application);
  const change = open ?? (await addRequest(context, application, { to, reason: '' }));
  if (change === undefined) return 'lost';
  return dueAt === null ? performChange(context, application, change) : schedule(context, application, change, dueAt);
}

async function schedule(
  context: UseCaseContext,
  application: Application,
  change: GrantChange,
  dueAt: number,
): Promise<GrantChangeOutcome> {
  const { name } = application;
  const when = `${new Date(dueAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const contentWith = (url: string) => mailTemplates.grantChangeScheduled(name, grantNames[change.to], when, url);
  const record = changeRecord(context, 'application.grant_change_scheduled', subjectOf(application), {
    detail: { to: change.to, due_at: dueAt },
    mails: await mailsToAll(context, application, contentWith),
  });
  return updateChange(context, change, { state: 'scheduled', dueAt, record });
}

/** Switches the grant type as a requested or due change says. */
async function performChange(
  context: UseCaseContext,
  application: Application,
  change: GrantChange,
): Promise<GrantChangeOutcome> {
  const { name, grantType } = application;
  const contentWith = (url: string) => mailTemplates.grantChanged(name, grantNames[change.to], url);
  const record = changeRecord(context, 'application.grant_type_changed', subjectOf(application), {
    before: { grant_type: grantType },
    after: { grant_type: change.to },
    mails: await mailsToAll(context, application, contentWith),
  });
  return updateChange(context, change, { state: 'done', switches: change.to, record });
}

/** Switches back to the grant type before the last switch, within {@link undoMs} of it. */
export async function undoChange(context: UseCaseContext, clientId: string): Promise<GrantChangeOutcome> {
  const application = await findApplication(context, clientId);
  if (application === undefined) return 'unknown';
  const change = (await context.store.grantChanges.list(application.id)).find(({ state }) => state === 'done');
  if (change === undefined || change.to !== application.grantType) return 'unknown';
  if (change.doneAt === null || context.now > change.doneAt + undoMs) return 'too_late';
  if (missesCallback(application, change.from)) return 'no_callback';
  const contentWith = (url: string) => mailTemplates.grantChangeUndone(application.name, grantNames[change.from], url);
  const record = changeRecord(context, 'application.grant_change_undone', subjectOf(application), {
    before: { grant_type: change.to },
    after: { grant_type: change.from },
    mails: await mailsToAll(context, application, contentWith),
  });
  return updateChange(context, change, { state: 'undone', switches: change.from, record });
}

/** Performs the scheduled changes whose date has come. Returns how many. Declines those that miss their callback. */
export async function performDueChanges(context: UseCaseContext): Promise<number> {
  let performed = 0;
  for (const change of await context.store.grantChanges.due(context.now)) {
    const application = await context.store.applications.find(change.applicationId);
    if (application === undefined) continue;
    if (missesCallback(application, change.to)) {
      await closeChange(context, application, 'declined', 'There is no callback, which this grant type needs.');
    } else if (isPublicPassword(application, change.to)) {
      await closeChange(context, application, 'declined', `${publicClientProblems.password}.`);
    } else if ((await performChange(context, application, change)) === 'done') performed += 1;
  }
  return performed;
}
