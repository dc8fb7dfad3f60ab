import { publicClientViolations } from '../applications/public-clients.ts';
import { checkText } from '../applications/text.ts';
import type { MailContent } from '../mail/template.tsx';
import { mailTemplates } from '../mail/templates.ts';
import type { Mail } from '../ports/mail.ts';
import type { Application, GrantChange, GrantChanges, Impact, InitialGrant } from '../ports/store/index.ts';
import { mailsToAdministrators, mailsToOwners, portalUrl, subjectOf } from './applications.ts';
import { changeRecord, type UseCaseContext } from './context.ts';

/** Characters in the reason of a request. */
const maxReasonLength = 2000;

/** Grant types as emails name them. */
export const grantNames: Readonly<Record<InitialGrant, string>> = {
  authorization_code: 'Authorization Code',
  password: 'Resource Owner Password Credentials',
};

/**
 * `lost`: another change was faster, and nothing was written. `unknown`: no such application or change. `open`: the
 * application has an open change already. `same`: it has the grant type already. `no_callback`: the new grant type
 * needs a callback, and there is none. `too_late`: the time to undo is over. `bad_date`: the date is not in the future.
 * `public_password`: the application is public, and can't have the password grant.
 */
export type GrantChangeOutcome =
  | 'done'
  | 'lost'
  | 'unknown'
  | 'open'
  | 'same'
  | 'no_callback'
  | 'public_password'
  | 'too_late'
  | 'bad_reason'
  | 'bad_date';

/** What a switch would do, shown before it is confirmed. */
export interface GrantPreview {
  readonly application: Application;
  readonly to: InitialGrant;
  readonly impact: Impact;
  /** The new grant type needs a callback, and there is none. */
  readonly missesCallback: boolean;
}

export function otherGrant(grantType: InitialGrant): InitialGrant {
  return grantType === 'password' ? 'authorization_code' : 'password';
}

/** Whether a grant type needs a callback that the application doesn't have. */
export function missesCallback({ redirectUris }: Application, grantType: InitialGrant): boolean {
  return grantType === 'authorization_code' && redirectUris.length === 0;
}

/** Whether a public application would get the password grant, which it can't have. */
export function isPublicPassword(application: Application, grantType: InitialGrant): boolean {
  return publicClientViolations({ ...application, grantType }).includes('password');
}

export async function previewChange(context: UseCaseContext, application: Application): Promise<GrantPreview> {
  const to = otherGrant(application.grantType);
  const impact = await context.store.applications.impact(application.id);
  return { application, to, impact, missesCallback: missesCallback(application, to) };
}

/** An owner requests the other grant type. */
export async function requestChange(
  context: UseCaseContext,
  application: Application,
  reason: string,
): Promise<GrantChangeOutcome> {
  if (checkText(reason, maxReasonLength) !== undefined) return 'bad_reason';
  const to = otherGrant(application.grantType);
  if (isPublicPassword(application, to)) return 'public_password';
  const url = grantTypePage(context, application.clientId);
  const content = mailTemplates.grantChangeRequested(application.name, grantNames[to], reason, url);
  const mails = await mailsToAdministrators(context, content);
  const change = await addRequest(context, application, { to, reason, mails });
  return change === undefined ? 'open' : 'done';
}

/** Stores a change in the state `requested`. @returns `undefined`: the application has an open change already */
export async function addRequest(
  context: UseCaseContext,
  application: Application,
  { to, reason, mails }: { readonly to: InitialGrant; readonly reason: string; readonly mails?: readonly Mail[] },
): Promise<GrantChange | undefined> {
  const { id: applicationId, grantType: from } = application;
  const record = changeRecord(context, 'application.grant_change_requested', subjectOf(application), {
    detail: { to },
    ...(mails !== undefined && { mails }),
  });
  const id = context.random.text(16);
  const times = { createdAt: context.now, dueAt: null };
  const change = { id, applicationId, from, to, reason, state: 'requested' as const, ...times };
  const outcome = await context.store.grantChanges.request({ ...change, record });
  return outcome === 'requested' ? { ...change, doneAt: null } : undefined;
}

/** Closes the open change: an administrator (or the server, if it can't be made) declines it, an owner cancels it. */
export async function closeChange(
  context: UseCaseContext,
  application: Application,
  state: 'declined' | 'cancelled',
  reason = '',
): Promise<GrantChangeOutcome> {
  const change = await findOpenChange(context, application);
  if (change === undefined) return 'unknown';
  const { name, clientId } = application;
  const mails =
    state === 'declined'
      ? await mailsToOwners(
          context,
          application,
          mailTemplates.grantChangeDeclined(name, reason, portalUrl(context, clientId)),
        )
      : await mailsToAdministrators(
          context,
          mailTemplates.grantChangeCancelled(name, grantTypePage(context, clientId)),
        );
  const record = changeRecord(context, `application.grant_change_${state}`, subjectOf(application), { mails });
  return updateChange(context, change, { state, record });
}

/** The requested or scheduled change of an application; there is one at most. */
export async function findOpenChange(
  context: UseCaseContext,
  application: Application,
): Promise<GrantChange | undefined> {
  const changes = await context.store.grantChanges.list(application.id);
  return changes.find(({ state }) => state === 'requested' || state === 'scheduled');
}

type StateUpdate = Parameters<GrantChanges['updateState']>[0];

/** Takes a change to its next state, unless its state changed since it was read: then `lost`. */
export async function updateChange(
  context: UseCaseContext,
  { id, state: from }: GrantChange,
  next: Pick<StateUpdate, 'state' | 'dueAt' | 'switches' | 'record'>,
): Promise<'done' | 'lost'> {
  const outcome = await context.store.grantChanges.updateState({ id, from, now: context.now, ...next });
  return outcome === 'changed' ? 'done' : 'lost';
}

/** One email to each owner, with a link to the portal, and one to each administrator, with a link to the console. */
export async function mailsToAll(
  context: UseCaseContext,
  application: Application,
  contentWith: (url: string) => MailContent,
): Promise<readonly Mail[]> {
  const { clientId } = application;
  return [
    ...(await mailsToOwners(context, application, contentWith(portalUrl(context, clientId)))),
    ...(await mailsToAdministrators(context, contentWith(grantTypePage(context, clientId)))),
  ];
}

/** The page of the console on which an administrator changes the grant type of an application. */
function grantTypePage(context: Pick<UseCaseContext, 'publicUrl'>, clientId: string): string {
  return `${context.publicUrl}/admin/applications/${clientId}/grant-type/`;
}
