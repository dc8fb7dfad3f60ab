import { checkCallbacks } from '../applications/callbacks.ts';
import type { MailContent } from '../mail/template.tsx';
import { mailTo } from '../mail/template.tsx';
import { mailTemplates } from '../mail/templates.ts';
import type { Mail } from '../ports/mail.ts';
import type { Application, Changed, RefreshPolicy } from '../ports/store/index.ts';
import { changeRecord, type UseCaseContext } from './context.ts';

export async function findApplication(
  context: Pick<UseCaseContext, 'store'>,
  clientId: string,
): Promise<Application | undefined> {
  return (await context.store.applications.findByClientId(clientId))?.application;
}

/** The page of an application for those who run it. */
export function portalUrl(context: Pick<UseCaseContext, 'publicUrl'>, clientId: string, page = ''): string {
  return `${context.publicUrl}/developer/applications/${clientId}/${page}`;
}

/** One letter to each owner of an application. */
export async function mailsToOwners(
  context: UseCaseContext,
  application: Pick<Application, 'id'>,
  content: MailContent,
): Promise<readonly Mail[]> {
  const members = await context.store.members.list(application.id);
  return members.filter(({ role }) => role === 'owner').map(({ email }) => mailTo(email, content));
}

/** To whoever can act on it at the console. */
export async function mailsToAdministrators(context: UseCaseContext, content: MailContent): Promise<readonly Mail[]> {
  const addresses = await context.store.users.staffEmails(['administrator', 'support']);
  return addresses.map((address) => mailTo(address, content));
}

export function subjectOf(application: Pick<Application, 'clientId'>): string {
  return `application:${application.clientId}`;
}

/** Stops an application and all its tokens until it is resumed, or lets it work again. `reason` goes to its owners. */
export async function setStatus(
  context: UseCaseContext,
  clientId: string,
  status: Application['status'],
  reason = '',
): Promise<Changed> {
  const application = await findApplication(context, clientId);
  if (application === undefined) return 'unknown';
  const url = portalUrl(context, clientId);
  const { name } = application;
  const content =
    status === 'suspended'
      ? mailTemplates.applicationSuspended(name, reason, url)
      : mailTemplates.applicationResumed(name, url);
  const record = changeRecord(
    context,
    status === 'active' ? 'application.resumed' : 'application.suspended',
    subjectOf(application),
    {
      before: { status: application.status },
      after: { status },
      ...(reason !== '' && { detail: { reason } }),
      mails: application.status === status ? [] : await mailsToOwners(context, application, content),
    },
  );
  return context.store.applications.setStatus(clientId, status, record);
}

/** Disconnects every user. Answers how many. */
export async function revokeAll(context: UseCaseContext, clientId: string): Promise<number | 'unknown'> {
  const application = await findApplication(context, clientId);
  if (application === undefined) return 'unknown';
  const { users } = await context.store.applications.impact(application.id);
  const content = mailTemplates.allRevoked(application.name, users, portalUrl(context, clientId));
  const record = changeRecord(context, 'application.all_revoked', subjectOf(application), {
    detail: { users },
    mails: await mailsToOwners(context, application, content),
  });
  return context.store.applications.revokeAll({ clientId, now: context.now, record });
}

export interface Policy {
  /** Seconds; `null`: the platform's default. */
  readonly accessTokenSeconds?: number | null;
  readonly refreshPolicy?: RefreshPolicy;
  readonly resourceServer?: boolean;
}

export async function setPolicy(context: UseCaseContext, clientId: string, policy: Policy): Promise<Changed> {
  const application = await findApplication(context, clientId);
  if (application === undefined) return 'unknown';
  const keys = Object.keys(policy) as readonly (keyof Policy)[];
  const values = (from: Policy) => Object.fromEntries(keys.map((key) => [key, from[key] ?? null]));
  const record = changeRecord(context, 'application.policy_changed', subjectOf(application), {
    before: values(application),
    after: values(policy),
  });
  return context.store.applications.setPolicy(clientId, policy, record);
}

/** Replaces the callbacks. Users of a changed application are asked for their consent again. */
export async function setCallbacks(
  context: UseCaseContext,
  clientId: string,
  redirectUris: readonly string[],
): Promise<{ readonly outcome: Changed } | { readonly outcome: 'invalid'; readonly problems: readonly string[] }> {
  const application = await findApplication(context, clientId);
  if (application === undefined) return { outcome: 'unknown' };
  const problems = checkCallbacks(redirectUris, application).map(({ message }) => message);
  if (redirectUris.length === 0 && application.grantType === 'authorization_code') {
    problems.push('The grant type authorization_code needs at least one callback');
  }
  if (problems.length > 0) return { outcome: 'invalid', problems };
  const record = changeRecord(context, 'application.callbacks_changed', subjectOf(application), {
    before: { redirect_uris: application.redirectUris },
    after: { redirect_uris: redirectUris },
  });
  return { outcome: await context.store.applications.setIdentity(clientId, { redirectUris }, record) };
}
