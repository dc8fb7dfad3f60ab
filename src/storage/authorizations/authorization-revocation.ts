import type { Connection } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';

interface Revocation {
  readonly id: string | number;
  readonly now: number;
}

/**
 * Builds a function that revokes the active authorizations of the user or application with the given `id`, and their
 * families. It runs within a transaction and returns the number of authorizations. Their unused codes become invalid
 * too, since a code counts only under an active authorization.
 */
function revocationBy(column: 'user_id' | 'application_id') {
  const families = query((db, params: BindParams<Revocation>) =>
    db
      .updateTable('families')
      .set({ revoked_at: params.now })
      .where('revoked_at', 'is', null)
      .where('evicted_at', 'is', null)
      .where('authorization_id', 'in', (select) =>
        select.selectFrom('authorizations').select('id').where(column, '=', params.id).where('revoked_at', 'is', null),
      ),
  );
  const authorizations = query((db, params: BindParams<Revocation>) =>
    db
      .updateTable('authorizations')
      .set({ revoked_at: params.now, revoked_reason: 'administrator' })
      .where(column, '=', params.id)
      .where('revoked_at', 'is', null),
  );
  return async (db: Connection, id: string | number, now: number): Promise<number> => {
    await db.rows(families, { id, now });
    return db.changed(authorizations, { id, now });
  };
}

export const revokeAllOfUser = revocationBy('user_id');
export const revokeAllOfApplication = revocationBy('application_id');
