import type { ChangeRecord } from '../../ports/change-record.ts';
import type { Families } from '../../ports/store/index.ts';
import { recordChange } from '../audit/change-record.ts';
import { cachedUntilCommit } from '../core/commit-cache.ts';
import type { Connection, Engine } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';
import { inBatches, touchFamilies } from './family-use.ts';
import { startFamily } from './new-family.ts';
import { accessTokenState, refreshTokenState } from './token-state.ts';
import { mayAuthorize, upsertAuthorization } from './upsert-authorization.ts';

export function families(engine: Engine): Families {
  const byAccessToken = cachedUntilCommit(engine, (key) =>
    accessTokenState(engine, ...(key.split(' ') as [string, string])),
  );
  const byRefreshToken = cachedUntilCommit(engine, (key) => {
    const [familyId, hash] = key.split(' ') as [string, string];
    return refreshTokenState(engine, { familyId, hash });
  });
  return {
    startByPassword: (start) => engine.transact(startByPassword, start),
    findByAccessToken: (familyId, tokenId) => byAccessToken(`${familyId} ${tokenId}`),
    findByRefreshToken: ({ familyId, hash }) => byRefreshToken(`${familyId} ${hash}`),
    rotate: (rotation) => engine.transact(rotateFamily, rotation),
    revoke: (familyId, now, record) => engine.transact(revokeFamily, { familyId, now, record }),
    revokeAccessToken: (tokenId, expiresAt) => engine.transact(revokeAccessToken, { tokenId, expiresAt }),
    touch: async (uses) => {
      for (const batch of inBatches(uses)) await engine.transact(touchFamilies, batch);
    },
  };
}

type PasswordStart = Parameters<Families['startByPassword']>[0];

const startByPassword = transaction(
  'families.startByPassword',
  { unrecorded: 'Too many: one for each token request' },
  async (db: Connection, start: PasswordStart): ReturnType<Families['startByPassword']> => {
    if (!(await mayAuthorize(db, { ...start, grantType: 'password' }))) return 'refused';
    const authorizationId = await upsertAuthorization(db, { ...start, method: 'password', consentEpoch: null });
    const { passwordEpoch } = start;
    await startFamily(db, { authorizationId, method: 'password', passwordEpoch, family: start });
    return 'started';
  },
);

type Rotation = Parameters<Families['rotate']>[0];

const replaceToken = query((db, params: BindParams<Rotation>) =>
  db
    .updateTable('families')
    .set({
      refresh_hash: params.newHash,
      previous_hash: params.expectedHash,
      sealed_successor: params.sealedSuccessor,
      last_used_at: params.now,
    })
    .where('id', '=', params.familyId)
    .where('refresh_hash', '=', params.expectedHash)
    .where('revoked_at', 'is', null)
    .where('evicted_at', 'is', null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('authorizations')
          .innerJoin('users', 'users.id', 'authorizations.user_id')
          .select('authorizations.id')
          .whereRef('authorizations.id', '=', 'families.authorization_id')
          .where('authorizations.revoked_at', 'is', null)
          .where('users.disabled_at', 'is', null),
      ),
    ),
);

const insertRotatedHash = query((db, params: BindParams<Rotation>) =>
  db
    .insertInto('spent_refresh_hashes')
    .values({ hash: params.expectedHash, family_id: params.familyId, spent_at: params.now }),
);

const rotateFamily = transaction(
  'families.rotate',
  { unrecorded: 'Too many: one for each token request' },
  async (db: Connection, rotation: Rotation): Promise<'won' | 'lost'> => {
    if ((await db.changed(replaceToken, rotation)) === 0) return 'lost';
    await db.rows(insertRotatedHash, rotation);
    return 'won';
  },
);

interface Revocation {
  readonly familyId: string;
  readonly now: number;
}

const revoke = query((db, params: BindParams<Revocation>) =>
  db
    .updateTable('families')
    .set({ revoked_at: params.now })
    .where('id', '=', params.familyId)
    .where('revoked_at', 'is', null),
);

const revokeFamily = transaction(
  'families.revoke',
  { recorded: true },
  async (
    db: Connection,
    revocation: Revocation & { readonly record: ChangeRecord | null },
  ): Promise<'revoked' | 'already'> => {
    if ((await db.changed(revoke, revocation)) === 0) return 'already';
    if (revocation.record !== null) await recordChange(db, revocation.record);
    return 'revoked';
  },
);

interface RevokedToken {
  readonly tokenId: string;
  readonly expiresAt: number;
}

const insertRevokedToken = query((db, params: BindParams<RevokedToken>) =>
  db
    .insertInto('revoked_access_tokens')
    .values({ token_id: params.tokenId, expires_at: params.expiresAt })
    .onConflict((conflict) => conflict.doNothing()),
);

const revokeAccessToken = transaction(
  'families.revokeAccessToken',
  { unrecorded: 'Too many: one for each token that is revoked' },
  async (db: Connection, token: RevokedToken): Promise<void> => {
    await db.rows(insertRevokedToken, token);
  },
);
