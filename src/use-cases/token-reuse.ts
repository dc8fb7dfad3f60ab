import { mailTo } from '../mail/template.tsx';
import { letters } from '../mail/templates.ts';
import type { Note } from '../ports/change-record.ts';
import type { Store } from '../ports/store/index.ts';
import { portalUrl, toOwners } from './applications.ts';
import type { Desk } from './context.ts';

export interface Replay {
  readonly authorizationId: string;
  readonly userId: number;
  readonly applicationId: string;
}

/**
 * Refresh-token reuse (RFC 9700 4.14.2): somebody has a copy of a token that was rotated. Returns what is stored when
 * the authorization is revoked: the audit entry, and mails to the user and to the owners of the application.
 */
export async function noteOfReplay(
  desk: Omit<Desk, 'actor'> & { readonly store: Store },
  { authorizationId, userId, applicationId }: Replay,
): Promise<Note> {
  const [user, application] = await Promise.all([
    desk.store.users.find(userId),
    desk.store.applications.find(applicationId),
  ]);
  const event = {
    at: desk.now,
    actor: { kind: 'application', id: applicationId },
    action: 'refresh_token.replayed',
    subject: `authorization:${authorizationId}`,
  } as const;
  if (application === undefined) return { event };
  const actor = { kind: 'platform' } as const;
  const toPeople = letters.replayedForUser(application.name, application.ownerName, `${desk.publicUrl}/account/`);
  const toTheirs = letters.replayedForOwner(application.name, portalUrl(desk, application.clientId, 'errors/'));
  return {
    event,
    mails: [
      ...(user === undefined ? [] : [mailTo(user.email, toPeople)]),
      ...(await toOwners({ ...desk, actor }, application, toTheirs)),
    ],
  };
}
