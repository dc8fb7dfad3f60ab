import { checkCallbacks } from '../applications/callbacks.ts';
import type { Letter } from '../mail/template.tsx';
import { mailTo } from '../mail/template.tsx';
import { letters } from '../mail/templates.ts';
import type { Mail } from '../ports/mail.ts';
import type { Application, Changed, RefreshPolicy } from '../ports/store/index.ts';
import { type Desk, noteOf } from './context.ts';

export async function findApplication(desk: Pick<Desk, 'store'>, clientId: string): Promise<Application | undefined> {
  return (await desk.store.applications.findByClientId(clientId))?.application;
}

/** The page of an application for those who run it. */
export function portalUrl(desk: Pick<Desk, 'publicUrl'>, clientId: string, page = ''): string {
  return `${desk.publicUrl}/developer/applications/${clientId}/${page}`;
}

/** One letter to each owner of an application. */
export async function toOwners(
  desk: Desk,
  application: Pick<Application, 'id'>,
  letter: Letter,
): Promise<readonly Mail[]> {
  const members = await desk.store.members.list(application.id);
  return members.filter(({ role }) => role === 'owner').map(({ email }) => mailTo(email, letter));
}

/** To whoever can act on it at the console. */
export async function toStaff(desk: Desk, letter: Letter): Promise<readonly Mail[]> {
  const addresses = await desk.store.users.staffEmails(['administrator', 'support']);
  return addresses.map((address) => mailTo(address, letter));
}

export function subjectOf(application: Pick<Application, 'clientId'>): string {
  return `application:${application.clientId}`;
}

/** Stops an application and all its tokens until it is resumed, or lets it work again. `reason` goes to its owners. */
export async function setStatus(
  desk: Desk,
  clientId: string,
  status: Application['status'],
  reason = '',
): Promise<Changed> {
  const application = await findApplication(desk, clientId);
  if (application === undefined) return 'unknown';
  const url = portalUrl(desk, clientId);
  const { name } = application;
  const letter =
    status === 'suspended' ? letters.applicationSuspended(name, reason, url) : letters.applicationResumed(name, url);
  const note = noteOf(
    desk,
    status === 'active' ? 'application.resumed' : 'application.suspended',
    subjectOf(application),
    {
      before: { status: application.status },
      after: { status },
      ...(reason !== '' && { detail: { reason } }),
      mails: application.status === status ? [] : await toOwners(desk, application, letter),
    },
  );
  return desk.store.applications.setStatus(clientId, status, note);
}

/** Disconnects every user. Answers how many. */
export async function revokeAll(desk: Desk, clientId: string): Promise<number | 'unknown'> {
  const application = await findApplication(desk, clientId);
  if (application === undefined) return 'unknown';
  const { users } = await desk.store.applications.impact(application.id);
  const letter = letters.allRevoked(application.name, users, portalUrl(desk, clientId));
  const note = noteOf(desk, 'application.all_revoked', subjectOf(application), {
    detail: { users },
    mails: await toOwners(desk, application, letter),
  });
  return desk.store.applications.revokeAll({ clientId, now: desk.now, note });
}

export interface Policy {
  /** Seconds; `null`: the platform's default. */
  readonly accessTokenSeconds?: number | null;
  readonly refreshPolicy?: RefreshPolicy;
  readonly resourceServer?: boolean;
}

export async function setPolicy(desk: Desk, clientId: string, policy: Policy): Promise<Changed> {
  const application = await findApplication(desk, clientId);
  if (application === undefined) return 'unknown';
  const keys = Object.keys(policy) as readonly (keyof Policy)[];
  const values = (from: Policy) => Object.fromEntries(keys.map((key) => [key, from[key] ?? null]));
  const note = noteOf(desk, 'application.policy_changed', subjectOf(application), {
    before: values(application),
    after: values(policy),
  });
  return desk.store.applications.setPolicy(clientId, policy, note);
}

/** Replaces the callbacks. Users of a changed application are asked for their consent again. */
export async function setCallbacks(
  desk: Desk,
  clientId: string,
  redirectUris: readonly string[],
): Promise<{ readonly outcome: Changed } | { readonly outcome: 'invalid'; readonly problems: readonly string[] }> {
  const application = await findApplication(desk, clientId);
  if (application === undefined) return { outcome: 'unknown' };
  const problems = checkCallbacks(redirectUris, application).map(({ message }) => message);
  if (redirectUris.length === 0 && application.grantType === 'authorization_code') {
    problems.push('The grant type authorization_code needs at least one callback');
  }
  if (problems.length > 0) return { outcome: 'invalid', problems };
  const note = noteOf(desk, 'application.callbacks_changed', subjectOf(application), {
    before: { redirect_uris: application.redirectUris },
    after: { redirect_uris: redirectUris },
  });
  return { outcome: await desk.store.applications.setIdentity(clientId, { redirectUris }, note) };
}
