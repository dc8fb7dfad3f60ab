import { checkCallbacks } from '../applications/callbacks.ts';
import { publicClientViolations } from '../applications/public-clients.ts';
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

/**
 * The address of an application in the portal, which only its members can open. `page`: a page below it, `secrets/`.
 */
export function portalUrl(context: Pick<UseCaseContext, 'publicUrl'>, clientId: string, page = ''): string {
  return `${context.publicUrl}/developer/applications/${clientId}/${page}`;
}

/** One email to each owner of an application. */
export async function mailsToOwners(
  context: UseCaseContext,
  application: Pick<Application, 'id'>,
  content: MailContent,
): Promise<readonly Mail[]> {
  const members = await context.store.members.list(application.id);
  return members.filter(({ role }) => role === 'owner').map(({ email }) => mailTo(email, content));
}

/** One email to each administrator and each support user. */
export async function mailsToAdministrators(context: UseCaseContext, content: MailContent): Promise<readonly Mail[]> {
  const addresses = await context.store.users.administratorEmails(['administrator', 'support']);
  return addresses.map((address) => mailTo(address, content));
}

export function subjectOf(application: Pick<Application, 'clientId'>): string {
  return `application:${application.clientId}`;
}

/**
 * Suspends or resumes an application. While it is suspended, it gets no tokens and its tokens are refused. Its owners
 * get an email, with the `reason` if there is one.
 */
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

/** Revokes all authorizations of an application, with their tokens. Returns the number of users who had one. */
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

/** What an administrator sets for one application; absent: unchanged. */
export interface Policy {
  /** Lifetime of an access token in seconds; `null`: the platform's default. */
  readonly accessTokenSeconds?: number | null;
  readonly refreshPolicy?: RefreshPolicy;
  /** Whether it may introspect the tokens of all applications. */
  readonly resourceServer?: boolean;
}

/**
 * Changes the settings that `policy` has, and records their old and new values. `public_stable`: the application is
 * public, and can't choose refresh tokens that stay the same. One that has them from an earlier release keeps them.
 */
export async function setPolicy(
  context: UseCaseContext,
  clientId: string,
  policy: Policy,
): Promise<Changed | 'public_stable'> {
  const application = await findApplication(context, clientId);
  if (application === undefined) return 'unknown';
  const violates = publicClientViolations({ ...application, ...policy }).includes('stable');
  if (violates && application.refreshPolicy !== 'stable') return 'public_stable';
  const keys = Object.keys(policy) as readonly (keyof Policy)[];
  const changedValues = (policy: Policy) => Object.fromEntries(keys.map((key) => [key, policy[key] ?? null]));
  const record = changeRecord(context, 'application.policy_changed', subjectOf(application), {
    before: changedValues(application),
    after: changedValues(policy),
  });
  return context.store.applications.setPolicy(clientId, policy, record);
}

/** Replaces the callbacks. This raises the consent epoch: users are asked for their consent again. */
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
