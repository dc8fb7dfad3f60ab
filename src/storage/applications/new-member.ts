import type { MemberRole } from '../../ports/store/index.ts';
import type { Connection } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';

export interface NewMember {
  readonly applicationId: string;
  readonly userId: number;
  readonly role: MemberRole;
  readonly now: number;
}

const insert = query((db, params: BindParams<NewMember>) =>
  db
    .insertInto('application_members')
    .values({ application_id: params.applicationId, user_id: params.userId, role: params.role, since: params.now })
    .onConflict((conflict) =>
      conflict
        .columns(['application_id', 'user_id'])
        .doUpdateSet({ role: 'owner' })
        .where('excluded.role', '=', 'owner'),
    ),
);

/**
 * Adds a member within a transaction. A role only rises: a member who is added as an owner becomes one, an owner who is
 * added as a member stays an owner.
 */
export async function addMember(db: Connection, member: NewMember): Promise<void> {
  await db.rows(insert, member);
}
