import type { Selectable } from 'kysely';
import type { Note } from '../../ports/change-record.ts';
import type { Invitation, Members } from '../../ports/store/index.ts';
import { keepNote } from '../audit/change-record.ts';
import type { Connection } from '../core/engine.ts';
import { type Given, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';
import type { InvitationRow } from '../schema/rows.ts';
import { lockApplication } from './application-lock.ts';
import { addMember } from './new-member.ts';

function invitationFrom(row: Selectable<InvitationRow>): Invitation {
  return {
    idHash: row.id_hash,
    applicationId: row.application_id,
    email: row.email,
    role: row.role,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}

const ofApplication = query((db, given: Given<{ applicationId: string; now: number }>) =>
  db
    .selectFrom('application_invitations')
    .selectAll()
    .where('application_id', '=', given.applicationId)
    .where('expires_at', '>', given.now)
    .orderBy('created_at')
    .orderBy('id_hash'),
);

export async function invitationsOf(
  db: Connection,
  applicationId: string,
  now: number,
): Promise<readonly Invitation[]> {
  return (await db.rows(ofApplication, { applicationId, now })).map(invitationFrom);
}

const byHash = query((db, given: Given<{ idHash: string; now: number }>) =>
  db
    .selectFrom('application_invitations')
    .selectAll()
    .where('id_hash', '=', given.idHash)
    .where('expires_at', '>', given.now),
);

export async function findInvitation(db: Connection, idHash: string, now: number): Promise<Invitation | undefined> {
  const row = await db.first(byHash, { idHash, now });
  return row && invitationFrom(row);
}

type NewInvitation = Invitation & { readonly note: Note };

const insert = query((db, given: Given<Invitation>) =>
  db.insertInto('application_invitations').values({
    id_hash: given.idHash,
    application_id: given.applicationId,
    email: given.email,
    role: given.role,
    created_at: given.createdAt,
    expires_at: given.expiresAt,
  }),
);

const dropEarlier = query((db, given: Given<{ applicationId: string; email: string }>) =>
  db
    .deleteFrom('application_invitations')
    .where('application_id', '=', given.applicationId)
    .where('email', '=', given.email),
);

/** Replaces an earlier invitation to the same address. The lock lets the later of two at once see the earlier one. */
export const invite = transaction(
  'members.invite',
  { recorded: true },
  async (db: Connection, invitation: NewInvitation): Promise<void> => {
    await lockApplication(db, invitation.applicationId);
    await db.rows(dropEarlier, invitation);
    await db.rows(insert, invitation);
    await keepNote(db, invitation.note);
  },
);

const use = query((db, given: Given<{ idHash: string; email: string; now: number }>) =>
  db
    .deleteFrom('application_invitations')
    .where('id_hash', '=', given.idHash)
    .where('email', '=', given.email)
    .where('expires_at', '>', given.now)
    .returningAll(),
);

export const acceptInvitation = transaction(
  'members.accept',
  { recorded: true },
  async (db: Connection, acceptance: Parameters<Members['accept']>[0]): ReturnType<Members['accept']> => {
    const row = await db.first(use, acceptance);
    if (row === undefined) return 'gone';
    const { userId, now, note } = acceptance;
    await addMember(db, { applicationId: row.application_id, userId, role: row.role, now });
    await keepNote(db, note);
    return 'accepted';
  },
);

const remove = query((db, given: Given<{ idHash: string }>) =>
  db.deleteFrom('application_invitations').where('id_hash', '=', given.idHash),
);

export const withdrawInvitation = transaction(
  'members.withdrawInvitation',
  { recorded: true },
  async (
    db: Connection,
    { idHash, note }: { readonly idHash: string; readonly note: Note },
  ): ReturnType<Members['withdrawInvitation']> => {
    if ((await db.changed(remove, { idHash })) === 0) return 'gone';
    await keepNote(db, note);
    return 'withdrawn';
  },
);
