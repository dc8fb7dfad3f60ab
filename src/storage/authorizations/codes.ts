import type { Codes, FoundCode, NewFamily } from '../../ports/store/index.ts';
import type { Connection, Engine } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';
import { startFamily } from './new-family.ts';
import { revocationCauseOf } from './revocation-cause.ts';

export function codes(engine: Engine): Codes {
  return {
    find: (hash) => findCode(engine, hash),
    redeem: ({ hash, authorizationId }, family) => engine.transact(redeemCode, { hash, authorizationId, family }),
    invalidate: (hash, now) => engine.transact(invalidateCode, { hash, now }),
  };
}

const byHash = query((db, params: BindParams<{ hash: string }>) =>
  db
    .selectFrom('codes')
    .innerJoin('authorizations', 'authorizations.id', 'codes.authorization_id')
    .innerJoin('users', 'users.id', 'authorizations.user_id')
    .innerJoin('applications', 'applications.id', 'codes.application_id')
    .selectAll('codes')
    .select([
      'authorizations.revoked_at',
      'authorizations.revoked_reason',
      'users.disabled_at',
      'applications.grant_type_since',
    ])
    .where('codes.hash', '=', params.hash),
);

async function findCode(db: Connection, hash: string): Promise<FoundCode | undefined> {
  const row = await db.first(byHash, { hash });
  if (row === undefined) return undefined;
  return {
    hash: row.hash,
    authorizationId: row.authorization_id,
    applicationId: row.application_id,
    userId: row.user_id,
    redirectUri: row.redirect_uri,
    scope: row.scope,
    codeChallenge: row.code_challenge,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    familyId: row.family_id,
    redeemedAt: row.redeemed_at,
    invalidatedAt: row.burned_at,
    precedesGrantType: row.created_at <= row.grant_type_since,
    revocationCause: revocationCauseOf(row),
  };
}

interface Redemption {
  readonly hash: string;
  readonly authorizationId: string;
  readonly family: NewFamily;
}

const claim = query((db, params: BindParams<NewFamily & Omit<Redemption, 'family'>>) =>
  db
    .updateTable('codes')
    .set({ redeemed_at: params.now, family_id: params.id })
    .where('hash', '=', params.hash)
    .where('authorization_id', '=', params.authorizationId)
    .where('redeemed_at', 'is', null)
    .where('burned_at', 'is', null)
    .where('expires_at', '>', params.now)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('authorizations')
          .innerJoin('users', 'users.id', 'authorizations.user_id')
          .innerJoin('applications', 'applications.id', 'authorizations.application_id')
          .select('authorizations.id')
          .where('authorizations.id', '=', params.authorizationId)
          .where('authorizations.revoked_at', 'is', null)
          .where('users.disabled_at', 'is', null)
          .where('applications.status', '=', 'active')
          .where('applications.grant_type', '=', 'authorization_code')
          .whereRef('applications.grant_type_since', '<', 'codes.created_at'),
      ),
    ),
);

const redeemCode = transaction(
  'codes.redeem',
  { unrecorded: 'Too many: one for each token request' },
  async (db: Connection, redemption: Redemption): Promise<'won' | 'lost'> => {
    const { hash, authorizationId, family } = redemption;
    if ((await db.changed(claim, { ...family, hash, authorizationId })) === 0) return 'lost';
    await startFamily(db, { authorizationId, method: 'consent', passwordEpoch: null, family });
    return 'won';
  },
);

interface Invalidation {
  readonly hash: string;
  readonly now: number;
}

const invalidate = query((db, params: BindParams<Invalidation>) =>
  db
    .updateTable('codes')
    .set({ burned_at: params.now })
    .where('hash', '=', params.hash)
    .where('redeemed_at', 'is', null)
    .where('burned_at', 'is', null),
);

const invalidateCode = transaction(
  'codes.invalidate',
  { unrecorded: 'Too many: one for each token request' },
  async (db: Connection, invalidation: Invalidation): Promise<void> => {
    await db.rows(invalidate, invalidation);
  },
);
