import { mailTo } from '../mail/template.tsx';
import { mailTemplates } from '../mail/templates.ts';
import type { ChangeRecord } from '../ports/change-record.ts';
import type { Store } from '../ports/store/index.ts';
import { mailsToOwners, portalUrl } from './applications.ts';
import type { UseCaseContext } from './context.ts';

/** The authorization whose refresh token was reused. */
export interface Replay {
  readonly authorizationId: string;
  readonly userId: number;
  readonly applicationId: string;
}

/**
 * Refresh token reuse (RFC 9700, section 4.14.2): a rotated token was used again, so someone may have a copy. Returns
 * the change record for the revocation of the authorization: the audit entry, and emails to the user and to the owners
 * of the application.
 */
export async function replayRecord(
  context: Omit<UseCaseContext, 'actor'> & { readonly store: Store },
  { authorizationId, userId, applicationId }: Replay,
): Promise<ChangeRecord> {
  const [user, application] = await Promise.all([
    context.store.users.find(userId),
    context.store.applications.find(applicationId),
  ]);
  const event = {
    at: context.now,
    actor: { kind: 'application', id: applicationId },
    action: 'refresh_token.replayed',
    subject: `authorization:${authorizationId}`,
  } as const;
  if (application === undefined) return { event };
  const actor = { kind: 'platform' } as const;
  const toUser = mailTemplates.replayedForUser(
    application.name,
    application.ownerName,
    `${context.publicUrl}/account/`,
  );
  const toOwners = mailTemplates.replayedForOwner(
    application.name,
    portalUrl(context, application.clientId, 'errors/'),
  );
  return {
    event,
    mails: [
      ...(user === undefined ? [] : [mailTo(user.email, toUser)]),
      ...(await mailsToOwners({ ...context, actor }, application, toOwners)),
    ],
  };
}
