import type { Connection } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';

interface Ending {
  readonly of: string | number;
  readonly now: number;
}

/**
 * Revokes all active authorizations of one user or of one application, with their families and codes. Returns how many.
 */
function endingBy(column: 'user_id' | 'application_id') {
  const families = query((db, params: BindParams<Ending>) =>
    db
      .updateTable('families')
      .set({ revoked_at: params.now })
      .where('revoked_at', 'is', null)
      .where('evicted_at', 'is', null)
      .where('authorization_id', 'in', (select) =>
        select.selectFrom('authorizations').select('id').where(column, '=', params.of).where('revoked_at', 'is', null),
      ),
  );
  const authorizations = query((db, params: BindParams<Ending>) =>
    db
      .updateTable('authorizations')
      .set({ revoked_at: params.now, revoked_reason: 'administrator' })
      .where(column, '=', params.of)
      .where('revoked_at', 'is', null),
  );
  return async (db: Connection, of: string | number, now: number): Promise<number> => {
    await db.rows(families, { of, now });
    return db.changed(authorizations, { of, now });
  };
}

export const revokeAllOfUser = endingBy('user_id');
export const revokeAllOfApplication = endingBy('application_id');
