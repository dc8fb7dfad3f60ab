import { checkText } from '../applications/registration/answers.ts';
import { letters } from '../mail/templates.ts';
import type { Application, GrantChange, Impact, InitialGrant } from '../ports/store/index.ts';
import { findApplication, portalUrl, subjectOf, toOwners, toStaff } from './applications.ts';
import { type Desk, noteOf } from './context.ts';

/** A change can be taken back for so long. */
export const undoMs = 24 * 3_600_000;

const longestReason = 2000;
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

export async function previewChange(desk: Desk, application: Application): Promise<GrantPreview> {
  const to = otherGrant(application.grantType);
  const missesCallback = to === 'authorization_code' && application.redirectUris.length === 0;
  return { application, to, impact: await desk.store.applications.impact(application.id), missesCallback };
}

/** An owner asks for the other grant type. */
export async function requestChange(desk: Desk, application: Application, reason: string): Promise<GrantChangeOutcome> {
  if (checkText(reason, longestReason) !== undefined) return 'bad_reason';
  const to = otherGrant(application.grantType);
  const url = `${desk.publicUrl}/admin/applications/${application.clientId}/grant-type/`;
  const outcome = await desk.store.grantChanges.request({
    ...newChange(desk, application, to, reason),
    state: 'requested',
    dueAt: null,
    note: noteOf(desk, 'application.grant_change_requested', subjectOf(application), {
      detail: { to },
      mails: await toStaff(desk, letters.grantChangeRequested(application.name, grantNames[to], reason, url)),
    }),
  });
  return outcome === 'requested' ? 'done' : 'open';
}

function newChange(desk: Desk, application: Application, to: InitialGrant, reason: string) {
  const { id: applicationId, grantType: from } = application;
  return { id: desk.random.text(16), applicationId, from, to, reason, createdAt: desk.now };
}

/**
 * Switches to the other grant type, now or at `dueAt`. Answers a request of the owner if there is one open.
 */
export async function switchGrantType(
  desk: Desk,
  clientId: string,
  to: InitialGrant,
  {
    dueAt = null,
    evenWithoutCallback = false,
  }: { readonly dueAt?: number | null; readonly evenWithoutCallback?: boolean } = {},
): Promise<GrantChangeOutcome> {
  const application = await findApplication(desk, clientId);
  if (application === undefined) return 'unknown';
  if (application.grantType === to) return 'same';
  if (to === 'authorization_code' && application.redirectUris.length === 0 && !evenWithoutCallback)
    return 'no_callback';
  if (dueAt !== null && dueAt <= desk.now) return 'bad_date';
  const open = (await desk.store.grantChanges.list(application.id)).find(
    ({ state }) => state === 'requested' || state === 'scheduled',
  );
  const change = open ?? (await addChange(desk, application, to));
  if (change === undefined) return 'lost';
  return dueAt === null ? perform(desk, application, change) : schedule(desk, application, change, dueAt);
}

/** Without a request of the owner there is one of ours first, so that every switch has its record. */
async function addChange(desk: Desk, application: Application, to: InitialGrant): Promise<GrantChange | undefined> {
  const change = { ...newChange(desk, application, to, ''), state: 'requested' as const, dueAt: null };
  const note = noteOf(desk, 'application.grant_change_requested', subjectOf(application), { detail: { to } });
  const outcome = await desk.store.grantChanges.request({ ...change, note });
  return outcome === 'requested' ? { ...change, doneAt: null } : undefined;
}

async function schedule(
  desk: Desk,
  application: Application,
  change: GrantChange,
  dueAt: number,
): Promise<GrantChangeOutcome> {
  const { name, clientId } = application;
  const when = new Date(dueAt).toISOString().slice(0, 16).replace('T', ' ');
  const letter = letters.grantChangeScheduled(name, grantNames[change.to], `${when} UTC`, portalUrl(desk, clientId));
  const note = noteOf(desk, 'application.grant_change_scheduled', subjectOf(application), {
    detail: { to: change.to, due_at: dueAt },
    mails: [...(await toOwners(desk, application, letter)), ...(await toStaff(desk, letter))],
  });
  const { id, state: from } = change;
  const outcome = await desk.store.grantChanges.settle({ id, from, state: 'scheduled', dueAt, now: desk.now, note });
  return outcome === 'settled' ? 'done' : 'lost';
}

/** Makes the switch of a change that is asked for or due. */
async function perform(desk: Desk, application: Application, change: GrantChange): Promise<GrantChangeOutcome> {
  const { id, state: from, to } = change;
  const letter = letters.grantChanged(application.name, grantNames[to], portalUrl(desk, application.clientId));
  const note = noteOf(desk, 'application.grant_type_changed', subjectOf(application), {
    before: { grant_type: application.grantType },
    after: { grant_type: to },
    mails: [...(await toOwners(desk, application, letter)), ...(await toStaff(desk, letter))],
  });
  const outcome = await desk.store.grantChanges.settle({ id, from, state: 'done', switches: to, now: desk.now, note });
  return outcome === 'settled' ? 'done' : 'lost';
}

/** Goes back to what it was, within {@link undoMs} of the last switch. */
export async function undoChange(desk: Desk, clientId: string): Promise<GrantChangeOutcome> {
  const application = await findApplication(desk, clientId);
  if (application === undefined) return 'unknown';
  const change = (await desk.store.grantChanges.list(application.id)).find(({ state }) => state === 'done');
  if (change === undefined || change.to !== application.grantType) return 'unknown';
  if (change.doneAt === null || desk.now > change.doneAt + undoMs) return 'too_late';
  if (change.from === 'authorization_code' && application.redirectUris.length === 0) return 'no_callback';
  const letter = letters.grantChangeUndone(application.name, grantNames[change.from], portalUrl(desk, clientId));
  const note = noteOf(desk, 'application.grant_change_undone', subjectOf(application), {
    before: { grant_type: change.to },
    after: { grant_type: change.from },
    mails: [...(await toOwners(desk, application, letter)), ...(await toStaff(desk, letter))],
  });
  const switches = change.from;
  const settlement = { id: change.id, from: 'done', state: 'undone', switches, now: desk.now, note } as const;
  return (await desk.store.grantChanges.settle(settlement)) === 'settled' ? 'done' : 'lost';
}

/** Ends a change that is asked for or scheduled: `declined` by the staff, `cancelled` by the owner. */
export async function endChange(
  desk: Desk,
  application: Application,
  state: 'declined' | 'cancelled',
  reason = '',
): Promise<GrantChangeOutcome> {
  const open = (await desk.store.grantChanges.list(application.id)).find(
    (change) => change.state === 'requested' || change.state === 'scheduled',
  );
  if (open === undefined) return 'unknown';
  const letter = letters.grantChangeDeclined(application.name, reason, portalUrl(desk, application.clientId));
  const note = noteOf(desk, `application.grant_change_${state}`, subjectOf(application), {
    mails: state === 'declined' ? await toOwners(desk, application, letter) : await toStaff(desk, letter),
  });
  const settlement = { id: open.id, from: open.state, state, now: desk.now, note };
  return (await desk.store.grantChanges.settle(settlement)) === 'settled' ? 'done' : 'lost';
}

/** Makes the switches whose date has come. Answers how many. */
export async function performDue(desk: Desk): Promise<number> {
  let performed = 0;
  for (const change of await desk.store.grantChanges.due(desk.now)) {
    const application = await desk.store.applications.find(change.applicationId);
    if (application === undefined) continue;
    if (change.to === 'authorization_code' && application.redirectUris.length === 0) {
      await endChange(desk, application, 'declined', 'There is no callback, which this grant type needs.');
    } else if ((await perform(desk, application, change)) === 'done') performed += 1;
  }
  return performed;
}
