import type { Kysely } from 'kysely';
import type { Member, MemberRole, Members, Membership } from '../../ports/store/index.ts';
import { recordChange } from '../audit/change-record.ts';
import type { Connection, Engine } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import { abort, transaction } from '../core/transaction.ts';
import type { Schema } from '../schema/tables.ts';
import { lockApplication } from './application-lock.ts';
import { applicationFrom } from './application-rows.ts';
import { deleteInvitation, insertInvitation, invitationsOf, readInvitation, redeemInvitation } from './invitations.ts';
import { addMember } from './new-member.ts';

export function members(engine: Engine): Members {
  return {
    list: async (applicationId) => (await engine.rows(ofApplication, { applicationId })).map(memberFrom),
    roleOf: async (applicationId, userId) => (await engine.first(role, { applicationId, userId }))?.role,
    membershipOf: async (clientId, userId) => {
      const row = await engine.first(membership, { clientId, userId });
      return row && membershipFrom(row);
    },
    applicationsOf: async (userId) => (await engine.rows(ofUser, { userId })).map(membershipFrom),
    add: (member) => engine.transact(joinApplication, member),
    remove: (removal) => engine.transact(removeMember, removal),
    transfer: (transfer) => engine.transact(transferApplication, transfer),
    invite: (invitation) => engine.transact(insertInvitation, invitation),
    invitations: (applicationId, now) => invitationsOf(engine, applicationId, now),
    findInvitation: (idHash, now) => readInvitation(engine, idHash, now),
    accept: (acceptance) => engine.transact(redeemInvitation, acceptance),
    withdrawInvitation: (idHash, record) => engine.transact(deleteInvitation, { idHash, record }),
  };
}

const ofApplication = query((db, params: BindParams<{ applicationId: string }>) =>
  db
    .selectFrom('application_members as members')
    .innerJoin('users', 'users.id', 'members.user_id')
    .select(['users.id', 'users.email', 'users.first_name', 'users.last_name', 'members.role', 'members.since'])
    .where('members.application_id', '=', params.applicationId)
    .orderBy('members.role', 'desc')
    .orderBy('members.since')
    .orderBy('users.id'),
);

interface MemberRow {
  readonly id: number;
  readonly email: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly role: MemberRole;
  readonly since: number;
}

function memberFrom(row: MemberRow): Member {
  const { id, email, first_name: first, last_name: last, role: memberRole, since } = row;
  return { userId: id, email, name: `${first} ${last}`, role: memberRole, since };
}

const role = query((db, params: BindParams<{ applicationId: string; userId: number }>) =>
  db
    .selectFrom('application_members')
    .select('role')
    .where('application_id', '=', params.applicationId)
    .where('user_id', '=', params.userId),
);

function memberships(db: Kysely<Schema>) {
  return db
    .selectFrom('application_members as members')
    .innerJoin('applications', 'applications.id', 'members.application_id')
    .selectAll('applications')
    .select('members.role as member_role');
}

function membershipFrom(row: Parameters<typeof applicationFrom>[0] & { readonly member_role: MemberRole }): Membership {
  return { application: applicationFrom(row), role: row.member_role };
}

const membership = query((db, params: BindParams<{ clientId: string; userId: number }>) =>
  memberships(db).where('applications.client_id', '=', params.clientId).where('members.user_id', '=', params.userId),
);

const ofUser = query((db, params: BindParams<{ userId: number }>) =>
  memberships(db)
    .where('members.user_id', '=', params.userId)
    .orderBy('applications.created_at')
    .orderBy('applications.id'),
);

const joinApplication = transaction(
  'members.add',
  { recorded: true },
  async (db: Connection, member: Parameters<Members['add']>[0]): Promise<'added'> => {
    await addMember(db, member);
    await recordChange(db, member.record);
    return 'added';
  },
);

type Removal = Parameters<Members['remove']>[0];

const remove = query((db, params: BindParams<Omit<Removal, 'record'>>) =>
  db
    .deleteFrom('application_members')
    .where('application_id', '=', params.applicationId)
    .where('user_id', '=', params.userId),
);

const anyOwner = query((db, params: BindParams<{ applicationId: string }>) =>
  db
    .selectFrom('application_members')
    .select('user_id')
    .where('application_id', '=', params.applicationId)
    .where('role', '=', 'owner'),
);

/** Locks the application first, so that of two owners who remove each other the second is seen to be the last one. */
const removeMember = transaction(
  'members.remove',
  { recorded: true },
  async (db: Connection, removal: Removal): ReturnType<Members['remove']> => {
    await lockApplication(db, removal.applicationId);
    if ((await db.changed(remove, removal)) === 0) return 'unknown';
    if ((await db.first(anyOwner, removal)) === undefined) return abort('last_owner');
    await recordChange(db, removal.record);
    return 'removed';
  },
);

type Transfer = Parameters<Members['transfer']>[0];

const setRole = query(
  (db, params: BindParams<{ applicationId: string; userId: number; from: MemberRole; to: MemberRole }>) =>
    db
      .updateTable('application_members')
      .set({ role: params.to })
      .where('application_id', '=', params.applicationId)
      .where('user_id', '=', params.userId)
      .where('role', '=', params.from),
);

const transferApplication = transaction(
  'members.transfer',
  { recorded: true },
  async (db: Connection, transfer: Transfer): ReturnType<Members['transfer']> => {
    const { applicationId, from, to } = transfer;
    // Otherwise both updates would change the same row, and look like a transfer.
    if (from === to) return 'unknown';
    await lockApplication(db, applicationId);
    const demoted = await db.changed(setRole, { applicationId, userId: from, from: 'owner', to: 'member' });
    const promoted = demoted && (await db.changed(setRole, { applicationId, userId: to, from: 'member', to: 'owner' }));
    if (promoted === 0) return abort('unknown');
    await recordChange(db, transfer.record);
    return 'transferred';
  },
);
