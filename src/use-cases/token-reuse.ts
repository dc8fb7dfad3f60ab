import { mailTo } from '../mail/template.tsx';
import { mailTemplates } from '../mail/templates.ts';
import type { ChangeRecord } from '../ports/change-record.ts';
import type { Store } from '../ports/store/index.ts';
import { mailsToOwners, portalUrl } from './applications.ts';
import type { UseCaseContext } from './context.ts';

export interface Replay {
  readonly authorizationId: string;
  readonly userId: number;
  readonly applicationId: string;
}

/**
 * Refresh-token reuse (RFC 9700 4.14.2): somebody has a copy of a token that was rotated. Returns what is stored when
 * the authorization is revoked: the audit entry, and mails to the user and to the owners of the application.
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
  const toPeople = mailTemplates.replayedForUser(
    application.name,
    application.ownerName,
    `${context.publicUrl}/account/`,
  );
  const toTheirs = mailTemplates.replayedForOwner(
    application.name,
    portalUrl(context, application.clientId, 'errors/'),
  );
  return {
    event,
    mails: [
      ...(user === undefined ? [] : [mailTo(user.email, toPeople)]),
      ...(await mailsToOwners({ ...context, actor }, application, toTheirs)),
    ],
  };
}
