import type { Note } from '../../ports/change-record.ts';
import type { Families } from '../../ports/store/index.ts';
import { keepNote } from '../audit/change-record.ts';
import { remembered } from '../core/commit-cache.ts';
import type { Connection, Engine } from '../core/engine.ts';
import { type Given, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';
import { inTransactions, touchFamilies } from './family-use.ts';
import { startFamily } from './new-family.ts';
import { accessGround, refreshGround } from './token-state.ts';
import { maySignIn, standingAuthorization } from './upsert-authorization.ts';

export function families(engine: Engine): Families {
  const byAccessToken = remembered(engine, (key) => accessGround(engine, ...(key.split(' ') as [string, string])));
  const byRefreshToken = remembered(engine, (key) => {
    const [familyId, hash] = key.split(' ') as [string, string];
    return refreshGround(engine, { familyId, hash });
  });
  return {
    startByPassword: (start) => engine.transact(startByPassword, start),
    findByAccessToken: (familyId, tokenId) => byAccessToken(`${familyId} ${tokenId}`),
    findByRefreshToken: ({ familyId, hash }) => byRefreshToken(`${familyId} ${hash}`),
    rotate: (rotation) => engine.transact(rotateFamily, rotation),
    revoke: (familyId, now, note) => engine.transact(revokeFamily, { familyId, now, note }),
    revokeAccessToken: (tokenId, expiresAt) => engine.transact(revokeAccessToken, { tokenId, expiresAt }),
    touch: async (uses) => {
      for (const together of inTransactions(uses)) await engine.transact(touchFamilies, together);
    },
  };
}

type PasswordStart = Parameters<Families['startByPassword']>[0];

const startByPassword = transaction(
  'families.startByPassword',
  { unrecorded: 'Too many: one for each token request' },
  async (db: Connection, start: PasswordStart): ReturnType<Families['startByPassword']> => {
    if (!(await maySignIn(db, { ...start, grantType: 'password' }))) return 'refused';
    const authorizationId = await standingAuthorization(db, { ...start, method: 'password', consentEpoch: null });
    const { passwordEpoch } = start;
    await startFamily(db, { authorizationId, method: 'password', passwordEpoch, family: start });
    return 'started';
  },
);

type Rotation = Parameters<Families['rotate']>[0];

const replaceToken = query((db, given: Given<Rotation>) =>
  db
    .updateTable('families')
    .set({
      refresh_hash: given.newHash,
      previous_hash: given.expectedHash,
      sealed_successor: given.sealedSuccessor,
      last_used_at: given.now,
    })
    .where('id', '=', given.familyId)
    .where('refresh_hash', '=', given.expectedHash)
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

const keepSpent = query((db, given: Given<Rotation>) =>
  db
    .insertInto('spent_refresh_hashes')
    .values({ hash: given.expectedHash, family_id: given.familyId, spent_at: given.now }),
);

const rotateFamily = transaction(
  'families.rotate',
  { unrecorded: 'Too many: one for each token request' },
  async (db: Connection, rotation: Rotation): Promise<'won' | 'lost'> => {
    if ((await db.changed(replaceToken, rotation)) === 0) return 'lost';
    await db.rows(keepSpent, rotation);
    return 'won';
  },
);

interface Ending {
  readonly familyId: string;
  readonly now: number;
}

const end = query((db, given: Given<Ending>) =>
  db
    .updateTable('families')
    .set({ revoked_at: given.now })
    .where('id', '=', given.familyId)
    .where('revoked_at', 'is', null),
);

const revokeFamily = transaction(
  'families.revoke',
  { recorded: true },
  async (db: Connection, ending: Ending & { readonly note: Note | null }): Promise<'revoked' | 'already'> => {
    if ((await db.changed(end, ending)) === 0) return 'already';
    if (ending.note !== null) await keepNote(db, ending.note);
    return 'revoked';
  },
);

interface RevokedToken {
  readonly tokenId: string;
  readonly expiresAt: number;
}

const listToken = query((db, given: Given<RevokedToken>) =>
  db
    .insertInto('revoked_access_tokens')
    .values({ token_id: given.tokenId, expires_at: given.expiresAt })
    .onConflict((conflict) => conflict.doNothing()),
);

const revokeAccessToken = transaction(
  'families.revokeAccessToken',
  { unrecorded: 'Too many: one for each token that is revoked' },
  async (db: Connection, token: RevokedToken): Promise<void> => {
    await db.rows(listToken, token);
  },
);
