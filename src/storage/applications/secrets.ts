import type { Selectable } from 'kysely';
import type { ApplicationSecret, SecretRecord, Secrets } from '../../ports/store/index.ts';
import { recordChange } from '../audit/change-record.ts';
import type { Connection, Engine } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import { abort, transaction } from '../core/transaction.ts';
import type { ApplicationSecretRow } from '../schema/applications.ts';
import { lockApplication } from './application-lock.ts';
import { revokeIdleSecrets, touchSecrets } from './secret-use.ts';

const day = 86_400_000;
/** How long a revoked secret is still listed. */
const listedFor = 30 * day;
/** Maximum active secrets of an application: the one in use, and its replacement. */
const maxActive = 2;

export function secrets(engine: Engine): Secrets {
  return {
    list: async (applicationId, now) =>
      (await engine.rows(ofApplication, { applicationId, since: now - listedFor })).map(recordFrom),
    add: (secret) => engine.transact(addSecret, secret),
    revoke: (revocation) => engine.transact(revokeSecret, revocation),
    findByHash: async (hash, now) => {
      const row = await engine.first(byHash, { hash, now });
      return row && { secret: secretFrom(row), clientId: row.client_id };
    },
    touch: (uses) => engine.transact(touchSecrets, { uses }),
    revokeIdle: (now) => engine.transact(revokeIdleSecrets, { now, unusedSince: now - day }),
  };
}

function secretFrom(row: Selectable<ApplicationSecretRow>): ApplicationSecret {
  return {
    id: row.id,
    hash: row.hash,
    lastFour: row.last_four,
    createdAt: row.created_at,
    validUntil: row.retires_at,
  };
}

function recordFrom(row: Selectable<ApplicationSecretRow>): SecretRecord {
  return { ...secretFrom(row), lastUsedAt: row.last_used_at, idleSince: row.idle_since };
}

const ofApplication = query((db, params: BindParams<{ applicationId: string; since: number }>) =>
  db
    .selectFrom('application_secrets')
    .selectAll()
    .where('application_id', '=', params.applicationId)
    .where((row) => row.or([row('retires_at', 'is', null), row('retires_at', '>', params.since)]))
    .orderBy('created_at')
    .orderBy('id'),
);

const byHash = query((db, params: BindParams<{ hash: string; now: number }>) =>
  db
    .selectFrom('application_secrets as secrets')
    .innerJoin('applications', 'applications.id', 'secrets.application_id')
    .selectAll('secrets')
    .select('applications.client_id')
    .where('secrets.hash', '=', params.hash)
    .where((row) => row.or([row('secrets.retires_at', 'is', null), row('secrets.retires_at', '>', params.now)])),
);

type Addition = Parameters<Secrets['add']>[0];

const confidential = query((db, params: BindParams<{ clientId: string }>) =>
  db.selectFrom('applications').select('id').where('client_id', '=', params.clientId).where('confidential', '=', 1),
);

const insert = query((db, params: BindParams<Omit<Addition, 'record' | 'clientId'> & { applicationId: string }>) =>
  db.insertInto('application_secrets').values({
    id: params.id,
    application_id: params.applicationId,
    hash: params.hash,
    last_four: params.lastFour,
    created_at: params.now,
  }),
);

const countActive = query((db, params: BindParams<{ applicationId: string; now: number }>) =>
  db
    .selectFrom('application_secrets')
    .select((row) => row.fn.countAll<number>().as('secrets'))
    .where('application_id', '=', params.applicationId)
    .where((row) => row.or([row('retires_at', 'is', null), row('retires_at', '>', params.now)])),
);

const addSecret = transaction(
  'secrets.add',
  { recorded: true },
  async (db: Connection, secret: Addition): ReturnType<Secrets['add']> => {
    const application = await db.first(confidential, secret);
    if (application === undefined) return 'unknown';
    await lockApplication(db, application.id);
    await db.rows(insert, { ...secret, applicationId: application.id });
    const counted = await db.first(countActive, { applicationId: application.id, now: secret.now });
    if ((counted?.secrets ?? 0) > maxActive) return abort('too_many');
    await recordChange(db, secret.record);
    return 'added';
  },
);

type Revocation = Parameters<Secrets['revoke']>[0];

interface Validity {
  readonly clientId: string;
  readonly secretId: string;
  readonly now: number;
  readonly validUntil: number | null;
  readonly idleSince: number | null;
}

const update = query((db, params: BindParams<Validity>) =>
  db
    .updateTable('application_secrets')
    .set({ retires_at: params.validUntil, idle_since: params.idleSince })
    .where('id', '=', params.secretId)
    .where('application_id', 'in', (select) =>
      select.selectFrom('applications').select('id').where('client_id', '=', params.clientId),
    )
    .where((row) => row.or([row('retires_at', 'is', null), row('retires_at', '>', params.now)])),
);

const revokeSecret = transaction(
  'secrets.revoke',
  { recorded: true },
  async (db: Connection, revocation: Revocation): ReturnType<Secrets['revoke']> => {
    const { clientId, secretId, when, now, record } = revocation;
    const validUntil = when === 'idle' ? null : when;
    const idleSince = when === 'idle' ? now : null;
    if ((await db.changed(update, { clientId, secretId, now, validUntil, idleSince })) === 0) return 'unknown';
    await recordChange(db, record);
    return 'changed';
  },
);
