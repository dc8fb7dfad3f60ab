import type { Selectable } from 'kysely';
import type { ChangeRecord } from '../../ports/change-record.ts';
import type { Invitation, Members } from '../../ports/store/index.ts';
import { recordChange } from '../audit/change-record.ts';
import type { Connection } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';
import type { InvitationRow } from '../schema/applications.ts';
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

const ofApplication = query((db, params: BindParams<{ applicationId: string; now: number }>) =>
  db
    .selectFrom('application_invitations')
    .selectAll()
    .where('application_id', '=', params.applicationId)
    .where('expires_at', '>', params.now)
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

const byHash = query((db, params: BindParams<{ idHash: string; now: number }>) =>
  db
    .selectFrom('application_invitations')
    .selectAll()
    .where('id_hash', '=', params.idHash)
    .where('expires_at', '>', params.now),
);

export async function readInvitation(db: Connection, idHash: string, now: number): Promise<Invitation | undefined> {
  const row = await db.first(byHash, { idHash, now });
  return row && invitationFrom(row);
}

type NewInvitation = Invitation & { readonly record: ChangeRecord };

const insert = query((db, params: BindParams<Invitation>) =>
  db.insertInto('application_invitations').values({
    id_hash: params.idHash,
    application_id: params.applicationId,
    email: params.email,
    role: params.role,
    created_at: params.createdAt,
    expires_at: params.expiresAt,
  }),
);

const deleteEarlier = query((db, params: BindParams<{ applicationId: string; email: string }>) =>
  db
    .deleteFrom('application_invitations')
    .where('application_id', '=', params.applicationId)
    .where('email', '=', params.email),
);

/** Replaces an earlier invitation to the same address. The lock lets the later of two parallel calls see the other. */
export const insertInvitation = transaction(
  'members.invite',
  { recorded: true },
  async (db: Connection, invitation: NewInvitation): Promise<void> => {
    await lockApplication(db, invitation.applicationId);
    await db.rows(deleteEarlier, invitation);
    await db.rows(insert, invitation);
    await recordChange(db, invitation.record);
  },
);

const take = query((db, params: BindParams<{ idHash: string; email: string; now: number }>) =>
  db
    .deleteFrom('application_invitations')
    .where('id_hash', '=', params.idHash)
    .where('email', '=', params.email)
    .where('expires_at', '>', params.now)
    .returningAll(),
);

export const redeemInvitation = transaction(
  'members.accept',
  { recorded: true },
  async (db: Connection, acceptance: Parameters<Members['accept']>[0]): ReturnType<Members['accept']> => {
    const row = await db.first(take, acceptance);
    if (row === undefined) return 'gone';
    const { userId, now, record } = acceptance;
    await addMember(db, { applicationId: row.application_id, userId, role: row.role, now });
    await recordChange(db, record);
    return 'accepted';
  },
);

const remove = query((db, params: BindParams<{ idHash: string }>) =>
  db.deleteFrom('application_invitations').where('id_hash', '=', params.idHash),
);

export const deleteInvitation = transaction(
  'members.withdrawInvitation',
  { recorded: true },
  async (
    db: Connection,
    { idHash, record }: { readonly idHash: string; readonly record: ChangeRecord },
  ): ReturnType<Members['withdrawInvitation']> => {
    if ((await db.changed(remove, { idHash })) === 0) return 'gone';
    await recordChange(db, record);
    return 'withdrawn';
  },
);
