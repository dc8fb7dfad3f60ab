import type { AdministratorRole, CursorPage, SessionOrigin, User, Users } from '../../ports/store/index.ts';
import { contains, patternFor } from '../core/case-folding.ts';
import type { Connection } from '../core/engine.ts';
import { cursorPageOf, memoizeByShape } from '../core/paging.ts';
import { type BindParams, query } from '../core/query.ts';
import { userFrom } from './user-rows.ts';

type Search = Parameters<Users['search']>[0];

const newestFirst = memoizeByShape((shape: { readonly text: boolean; readonly only: Search['only'] | null }) =>
  query((db, params: BindParams<{ limit: number; before: number; pattern: string }>) =>
    db
      .selectFrom('users')
      .selectAll()
      .where('id', '<', params.before)
      .$if(shape.text, (rows) => rows.where((row) => contains(row.ref('search_folded'), params.pattern)))
      .$if(shape.only === 'staff', (rows) => rows.where('staff_role', 'is not', null))
      .$if(shape.only === 'disabled', (rows) => rows.where('disabled_at', 'is not', null))
      .orderBy('id', 'desc')
      .limit(params.limit),
  ),
);

export async function searchUsers(db: Connection, { limit, after, text, only }: Search): Promise<CursorPage<User>> {
  const rows = await db.rows(newestFirst({ text: text !== undefined, only: only ?? null }), {
    limit: limit + 1,
    before: Number(after ?? Number.MAX_SAFE_INTEGER),
    pattern: patternFor(text ?? ''),
  });
  return cursorPageOf(rows.map(userFrom), limit, ({ id }) => String(id));
}

const enabledAdministrators = query((db) =>
  db
    .selectFrom('users')
    .select(['email', 'staff_role'])
    .where('staff_role', 'is not', null)
    .where('disabled_at', 'is', null)
    .orderBy('id'),
);

export async function administratorEmails(
  db: Connection,
  roles: readonly AdministratorRole[],
): Promise<readonly string[]> {
  const rows = await db.rows(enabledAdministrators, {});
  return rows.filter((row) => row.staff_role !== null && roles.includes(row.staff_role)).map((row) => row.email);
}

/** The same conditions as in `sessions.find`: a session of an earlier password epoch has a row, but is invalid. */
const validSessions = query((db, params: BindParams<{ userId: number; now: number }>) =>
  db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .select(['sessions.created_at', 'sessions.expires_at', 'sessions.address', 'sessions.user_agent'])
    .where('sessions.user_id', '=', params.userId)
    .where('sessions.expires_at', '>', params.now)
    .where('users.disabled_at', 'is', null)
    .whereRef('sessions.password_epoch', '=', 'users.password_epoch')
    .orderBy('sessions.created_at', 'desc')
    .orderBy('sessions.id_hash'),
);

export async function sessionsOf(db: Connection, userId: number, now: number): Promise<readonly SessionOrigin[]> {
  const rows = await db.rows(validSessions, { userId, now });
  return rows.map((row) => ({
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    from: row.address,
    userAgent: row.user_agent,
  }));
}
