import { checkText } from '../applications/text.ts';
import { mailTemplates } from '../mail/templates.ts';
import type { Application, GrantChange, Impact, InitialGrant } from '../ports/store/index.ts';
import { findApplication, mailsToAdministrators, mailsToOwners, portalUrl, subjectOf } from './applications.ts';
import { changeRecord, type UseCaseContext } from './context.ts';

/** A change can be taken back for so long. */
export const undoMs = 24 * 3_600_000;

const maxReasonLength = 2000;
const grantNames: Readonly<Record<InitialGrant, string>> = {
  authorization_code: 'Authorization Code',
  password: 'Resource Owner Password Credentials',
};

export type GrantChangeOutcome =
  | 'done'
  | 'lost'
  | 'unknown'
  | 'open'
  | 'same'
  | 'no_callback'
  | 'too_late'
  | 'bad_reason'
  | 'bad_date';

/** What a switch would do, before it is made. */
export interface GrantPreview {
  readonly application: Application;
  readonly to: InitialGrant;
  readonly impact: Impact;
  /** The other grant needs a callback, and there is none. */
  readonly missesCallback: boolean;
}

export function otherGrant(grantType: InitialGrant): InitialGrant {
  return grantType === 'password' ? 'authorization_code' : 'password';
}

export async function previewChange(context: UseCaseContext, application: Application): Promise<GrantPreview> {
  const to = otherGrant(application.grantType);
  const missesCallback = to === 'authorization_code' && application.redirectUris.length === 0;
  return { application, to, impact: await context.store.applications.impact(application.id), missesCallback };
}

/** An owner asks for the other grant type. */
export async function requestChange(
  context: UseCaseContext,
  application: Application,
  reason: string,
): Promise<GrantChangeOutcome> {
  if (checkText(reason, maxReasonLength) !== undefined) return 'bad_reason';
  const to = otherGrant(application.grantType);
  const url = `${context.publicUrl}/admin/applications/${application.clientId}/grant-type/`;
  const outcome = await context.store.grantChanges.request({
    ...newChange(context, application, to, reason),
    state: 'requested',
    dueAt: null,
    record: changeRecord(context, 'application.grant_change_requested', subjectOf(application), {
      detail: { to },
      mails: await mailsToAdministrators(
        context,
        mailTemplates.grantChangeRequested(application.name, grantNames[to], reason, url),
      ),
    }),
  });
  return outcome === 'requested' ? 'done' : 'open';
}

function newChange(context: UseCaseContext, application: Application, to: InitialGrant, reason: string) {
  const { id: applicationId, grantType: from } = application;
  return { id: context.random.text(16), applicationId, from, to, reason, createdAt: context.now };
}

/**
 * Switches to the other grant type, now or at `dueAt`. Answers a request of the owner if there is one open.
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
  if (to === 'authorization_code' && application.redirectUris.length === 0 && !evenWithoutCallback)
    return 'no_callback';
  if (dueAt !== null && dueAt <= context.now) return 'bad_date';
  const open = (await context.store.grantChanges.list(application.id)).find(
    ({ state }) => state === 'requested' || state === 'scheduled',
  );
  const change = open ?? (await addChange(context, application, to));
  if (change === undefined) return 'lost';
  return dueAt === null ? perform(context, application, change) : schedule(context, application, change, dueAt);
}

/** Without a request of the owner there is one of ours first, so that every switch has its record. */
async function addChange(
  context: UseCaseContext,
  application: Application,
  to: InitialGrant,
): Promise<GrantChange | undefined> {
  const change = { ...newChange(context, application, to, ''), state: 'requested' as const, dueAt: null };
  const record = changeRecord(context, 'application.grant_change_requested', subjectOf(application), {
    detail: { to },
  });
  const outcome = await context.store.grantChanges.request({ ...change, record });
  return outcome === 'requested' ? { ...change, doneAt: null } : undefined;
}

async function schedule(
  context: UseCaseContext,
  application: Application,
  change: GrantChange,
  dueAt: number,
): Promise<GrantChangeOutcome> {
  const { name, clientId } = application;
  const when = new Date(dueAt).toISOString().slice(0, 16).replace('T', ' ');
  const content = mailTemplates.grantChangeScheduled(
    name,
    grantNames[change.to],
    `${when} UTC`,
    portalUrl(context, clientId),
  );
  const record = changeRecord(context, 'application.grant_change_scheduled', subjectOf(application), {
    detail: { to: change.to, due_at: dueAt },
    mails: [
      ...(await mailsToOwners(context, application, content)),
      ...(await mailsToAdministrators(context, content)),
    ],
  });
  const { id, state: from } = change;
  const outcome = await context.store.grantChanges.settle({
    id,
    from,
    state: 'scheduled',
    dueAt,
    now: context.now,
    record,
  });
  return outcome === 'settled' ? 'done' : 'lost';
}

/** Makes the switch of a change that is asked for or due. */
async function perform(
  context: UseCaseContext,
  application: Application,
  change: GrantChange,
): Promise<GrantChangeOutcome> {
  const { id, state: from, to } = change;
  const content = mailTemplates.grantChanged(
    application.name,
    grantNames[to],
    portalUrl(context, application.clientId),
  );
  const record = changeRecord(context, 'application.grant_type_changed', subjectOf(application), {
    before: { grant_type: application.grantType },
    after: { grant_type: to },
    mails: [
      ...(await mailsToOwners(context, application, content)),
      ...(await mailsToAdministrators(context, content)),
    ],
  });
  const outcome = await context.store.grantChanges.settle({
    id,
    from,
    state: 'done',
    switches: to,
    now: context.now,
    record,
  });
  return outcome === 'settled' ? 'done' : 'lost';
}

/** Goes back to what it was, within {@link undoMs} of the last switch. */
export async function undoChange(context: UseCaseContext, clientId: string): Promise<GrantChangeOutcome> {
  const application = await findApplication(context, clientId);
  if (application === undefined) return 'unknown';
  const change = (await context.store.grantChanges.list(application.id)).find(({ state }) => state === 'done');
  if (change === undefined || change.to !== application.grantType) return 'unknown';
  if (change.doneAt === null || context.now > change.doneAt + undoMs) return 'too_late';
  if (change.from === 'authorization_code' && application.redirectUris.length === 0) return 'no_callback';
  const content = mailTemplates.grantChangeUndone(
    application.name,
    grantNames[change.from],
    portalUrl(context, clientId),
  );
  const record = changeRecord(context, 'application.grant_change_undone', subjectOf(application), {
    before: { grant_type: change.to },
    after: { grant_type: change.from },
    mails: [
      ...(await mailsToOwners(context, application, content)),
      ...(await mailsToAdministrators(context, content)),
    ],
  });
  const switches = change.from;
  const settlement = { id: change.id, from: 'done', state: 'undone', switches, now: context.now, record } as const;
  return (await context.store.grantChanges.settle(settlement)) === 'settled' ? 'done' : 'lost';
}

/** Ends a change that is asked for or scheduled: `declined` by the staff, `cancelled` by the owner. */
export async function endChange(
  context: UseCaseContext,
  application: Application,
  state: 'declined' | 'cancelled',
  reason = '',
): Promise<GrantChangeOutcome> {
  const open = (await context.store.grantChanges.list(application.id)).find(
    (change) => change.state === 'requested' || change.state === 'scheduled',
  );
  if (open === undefined) return 'unknown';
  const content = mailTemplates.grantChangeDeclined(application.name, reason, portalUrl(context, application.clientId));
  const record = changeRecord(context, `application.grant_change_${state}`, subjectOf(application), {
    mails:
      state === 'declined'
        ? await mailsToOwners(context, application, content)
        : await mailsToAdministrators(context, content),
  });
  const settlement = { id: open.id, from: open.state, state, now: context.now, record };
  return (await context.store.grantChanges.settle(settlement)) === 'settled' ? 'done' : 'lost';
}

/** Makes the switches whose date has come. Answers how many. */
export async function performDue(context: UseCaseContext): Promise<number> {
  let performed = 0;
  for (const change of await context.store.grantChanges.due(context.now)) {
    const application = await context.store.applications.find(change.applicationId);
    if (application === undefined) continue;
    if (change.to === 'authorization_code' && application.redirectUris.length === 0) {
      await endChange(context, application, 'declined', 'There is no callback, which this grant type needs.');
    } else if ((await perform(context, application, change)) === 'done') performed += 1;
  }
  return performed;
}
