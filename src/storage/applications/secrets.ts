import type { Selectable } from 'kysely';
import type { AuditEvent } from '../../ports/audit.ts';
import type { ApplicationSecret, SecretRecord, Secrets } from '../../ports/store/index.ts';
import { keepNote } from '../audit/change-record.ts';
import type { Connection, Engine } from '../core/engine.ts';
import { later } from '../core/greatest.ts';
import { type Given, query } from '../core/query.ts';
import { abort, transaction } from '../core/transaction.ts';
import type { ApplicationSecretRow } from '../schema/rows.ts';
import { lockApplication } from './application-lock.ts';

const day = 86_400_000;
/** How long a retired secret is still listed. */
const listedFor = 30 * day;
/** So many may work at once: the one in use, and the one that takes its place. */
const mostSecrets = 2;

export function secrets(engine: Engine): Secrets {
  return {
    list: async (applicationId, now) =>
      (await engine.rows(ofApplication, { applicationId, since: now - listedFor })).map(recordFrom),
    add: (secret) => engine.transact(addSecret, secret),
    retire: (retirement) => engine.transact(retireSecret, retirement),
    findByHash: async (hash, now) => {
      const row = await engine.first(byHash, { hash, now });
      return row && { secret: secretFrom(row), clientId: row.client_id };
    },
    touch: (uses) => engine.transact(touchSecrets, { uses }),
    retireIdle: (now) => engine.transact(retireIdleSecrets, { now, unusedSince: now - day }),
  };
}

function secretFrom(row: Selectable<ApplicationSecretRow>): ApplicationSecret {
  return {
    id: row.id,
    hash: row.hash,
    lastFour: row.last_four,
    createdAt: row.created_at,
    retiresAt: row.retires_at,
  };
}

function recordFrom(row: Selectable<ApplicationSecretRow>): SecretRecord {
  return { ...secretFrom(row), lastUsedAt: row.last_used_at, idleSince: row.idle_since };
}

const ofApplication = query((db, given: Given<{ applicationId: string; since: number }>) =>
  db
    .selectFrom('application_secrets')
    .selectAll()
    .where('application_id', '=', given.applicationId)
    .where((row) => row.or([row('retires_at', 'is', null), row('retires_at', '>', given.since)]))
    .orderBy('created_at')
    .orderBy('id'),
);

const byHash = query((db, given: Given<{ hash: string; now: number }>) =>
  db
    .selectFrom('application_secrets as secrets')
    .innerJoin('applications', 'applications.id', 'secrets.application_id')
    .selectAll('secrets')
    .select('applications.client_id')
    .where('secrets.hash', '=', given.hash)
    .where((row) => row.or([row('secrets.retires_at', 'is', null), row('secrets.retires_at', '>', given.now)])),
);

type Addition = Parameters<Secrets['add']>[0];

const confidential = query((db, given: Given<{ clientId: string }>) =>
  db.selectFrom('applications').select('id').where('client_id', '=', given.clientId).where('confidential', '=', 1),
);

const insert = query((db, given: Given<Omit<Addition, 'note' | 'clientId'> & { applicationId: string }>) =>
  db.insertInto('application_secrets').values({
    id: given.id,
    application_id: given.applicationId,
    hash: given.hash,
    last_four: given.lastFour,
    created_at: given.now,
  }),
);

const working = query((db, given: Given<{ applicationId: string; now: number }>) =>
  db
    .selectFrom('application_secrets')
    .select((row) => row.fn.countAll<number>().as('secrets'))
    .where('application_id', '=', given.applicationId)
    .where((row) => row.or([row('retires_at', 'is', null), row('retires_at', '>', given.now)])),
);

const addSecret = transaction(
  'secrets.add',
  { recorded: true },
  async (db: Connection, secret: Addition): ReturnType<Secrets['add']> => {
    const application = await db.first(confidential, secret);
    if (application === undefined) return 'unknown';
    await lockApplication(db, application.id);
    await db.rows(insert, { ...secret, applicationId: application.id });
    const counted = await db.first(working, { applicationId: application.id, now: secret.now });
    if ((counted?.secrets ?? 0) > mostSecrets) return abort('too_many');
    await keepNote(db, secret.note);
    return 'added';
  },
);

type Retirement = Parameters<Secrets['retire']>[0];

interface Ending {
  readonly clientId: string;
  readonly secretId: string;
  readonly now: number;
  readonly retiresAt: number | null;
  readonly idleSince: number | null;
}

const update = query((db, given: Given<Ending>) =>
  db
    .updateTable('application_secrets')
    .set({ retires_at: given.retiresAt, idle_since: given.idleSince })
    .where('id', '=', given.secretId)
    .where('application_id', 'in', (select) =>
      select.selectFrom('applications').select('id').where('client_id', '=', given.clientId),
    )
    .where((row) => row.or([row('retires_at', 'is', null), row('retires_at', '>', given.now)])),
);

const retireSecret = transaction(
  'secrets.retire',
  { recorded: true },
  async (db: Connection, retirement: Retirement): ReturnType<Secrets['retire']> => {
    const { clientId, secretId, when, now, note } = retirement;
    const retiresAt = when === 'idle' ? null : when;
    const idleSince = when === 'idle' ? now : null;
    if ((await db.changed(update, { clientId, secretId, now, retiresAt, idleSince })) === 0) return 'unknown';
    await keepNote(db, note);
    return 'changed';
  },
);

interface Use {
  readonly secretId: string;
  readonly usedAt: number;
}

const noteUse = query((db, given: Given<Use>) =>
  db
    .updateTable('application_secrets')
    .set((row) => ({ last_used_at: later(row.ref('last_used_at'), given.usedAt) }))
    .where('id', '=', given.secretId),
);

/** Writes its rows in one order, so that parallel transactions wait for each other instead of deadlocking. */
const touchSecrets = transaction(
  'secrets.touch',
  { unrecorded: 'Upkeep: times of last use' },
  async (db: Connection, { uses }: { readonly uses: readonly Use[] }): Promise<void> => {
    const sorted = uses.toSorted((one, other) => (one.secretId < other.secretId ? -1 : 1));
    for (const use of sorted) await db.rows(noteUse, use);
  },
);

const retireUnused = query((db, given: Given<{ now: number; unusedSince: number }>) =>
  db
    .updateTable('application_secrets')
    .set({ retires_at: given.now })
    .where('idle_since', 'is not', null)
    .where('idle_since', '<=', given.unusedSince)
    .where((row) => row.or([row('last_used_at', 'is', null), row('last_used_at', '<=', given.unusedSince)]))
    .where((row) => row.or([row('retires_at', 'is', null), row('retires_at', '>', given.now)]))
    .returning(['id', 'application_id']),
);

const clientIdOf = query((db, given: Given<{ applicationId: string }>) =>
  db.selectFrom('applications').select('client_id').where('id', '=', given.applicationId),
);

const retireIdleSecrets = transaction(
  'secrets.retireIdle',
  { recorded: true },
  async (db: Connection, idle: { readonly now: number; readonly unusedSince: number }): Promise<number> => {
    const retired = await db.rows(retireUnused, idle);
    for (const { id, application_id: applicationId } of retired) {
      const application = await db.first(clientIdOf, { applicationId });
      await keepNote(db, { event: retirementOf(id, application?.client_id ?? '', idle.now) });
    }
    return retired.length;
  },
);

function retirementOf(secret: string, clientId: string, at: number): AuditEvent {
  const subject = `application:${clientId}`;
  const detail = { secret, when: 'idle' };
  return { at, actor: { kind: 'platform' }, action: 'application.secret_retired', subject, detail };
}
