import { sql } from 'kysely';
import { type Condition, day, daysBefore, type PurgeRule, purgeExpired } from './purge-rules.ts';
import type {
  ApplicationDayRow,
  ApplicationRow,
  ApplicationSecretRow,
  AuditEventRow,
  AuditHeadRow,
  AuthorizationRow,
  CodeRow,
  DeviceImportRow,
  DeviceOwnershipRow,
  DeviceRow,
  FamilyRow,
  GrantChangeRow,
  HealthCheckRow,
  ImportedDeviceRow,
  InvitationRow,
  MailRow,
  MemberRow,
  MigrationRow,
  PendingRequestRow,
  RefusedRequestRow,
  RegistrationMessageRow,
  RegistrationRow,
  RevokedAccessTokenRow,
  RingKeyRow,
  SessionRow,
  SpentRefreshHashRow,
  ThrottleRow,
  UserRow,
} from './rows.ts';

/** The properties of a table that are not its columns. */
interface TableProperties<Row> {
  readonly purge: PurgeRule<keyof Row & string>;
  /** Triggers refuse updates and deletes (`Dialect.appendOnly`). */
  readonly appendOnly?: true;
  /** A migration or a health check writes its row into an otherwise empty database. A restore replaces that row. */
  readonly replacedByRestore?: true;
}

interface Table<Row> extends TableProperties<Row> {
  /** Never set: it only carries the type. */
  readonly row?: Row;
}

/** Declares a table whose rows are of the type `Row`. */
export function table<Row>(properties: TableProperties<Row>): Table<Row> {
  return properties;
}

// Both wait until the last access token expires: the tokens of an evicted family are still valid, and for those of a
// revoked one the row holds the cause and the application of the refusal.
const revokedBefore: Condition = (now) => sql`revoked_at is not null and access_expires_at <= ${now}`;
const evictedBefore: Condition = (now) => sql`evicted_at is not null and access_expires_at <= ${now}`;

// A replay of a redeemed code revokes its family, so the code is kept until the family's last access token expires.
const whileTokensAreValid = sql<number | null>`(
  select access_expires_at from families where families.id = codes.family_id and families.revoked_at is null)`;

/**
 * Every table that holds state, each after the tables that its rows refer to. Backup, restore and purge process them in
 * this order. Tests compare them with the tables that the migrations create.
 */
const tables = {
  users: table<UserRow>({ purge: { never: 'The audit log and the history of devices name people by their ID' } }),
  sessions: table<SessionRow>({ purge: { by: 'id_hash', when: [purgeExpired] } }),
  applications: table<ApplicationRow>({ purge: { never: 'The audit log names applications by their client ID' } }),
  application_secrets: table<ApplicationSecretRow>({ purge: { never: 'People create them one by one, and few' } }),
  pending_requests: table<PendingRequestRow>({ purge: { by: 'id_hash', when: [purgeExpired] } }),
  authorizations: table<AuthorizationRow>({ purge: { never: 'They are the record of what users have permitted' } }),
  codes: table<CodeRow>({ purge: { by: 'hash', when: [purgeExpired], keepUntil: whileTokensAreValid } }),
  families: table<FamilyRow>({ purge: { by: 'id', when: [revokedBefore, evictedBefore] } }),
  spent_refresh_hashes: table<SpentRefreshHashRow>({ purge: { with: 'families' } }),
  revoked_access_tokens: table<RevokedAccessTokenRow>({ purge: { by: 'token_id', when: [purgeExpired] } }),
  throttles: table<ThrottleRow>({
    purge: { by: 'key', when: [(now) => sql`empty_at <= ${now} and trusted_until <= ${now}`] },
  }),
  devices: table<DeviceRow>({ purge: { never: 'A registered device stays registered' } }),
  device_ownerships: table<DeviceOwnershipRow>({ purge: { never: 'They say who may see the data of which period' } }),
  // Uploaded lists of devices that were not registered within a day, and then their rows.
  device_imports: table<DeviceImportRow>({
    purge: { by: 'id', when: [(now) => sql`created_at <= ${daysBefore(now, 1)}`] },
  }),
  device_import_rows: table<ImportedDeviceRow>({
    purge: { by: 'import_id', when: [() => sql`import_id not in (select id from device_imports)`] },
  }),
  mails: table<MailRow>({
    purge: { by: 'id', when: [(now) => sql`state = 'sent' and due_at <= ${daysBefore(now, 90)}`] },
  }),
  registrations: table<RegistrationRow>({ purge: { never: 'They say how an application was approved' } }),
  registration_messages: table<RegistrationMessageRow>({
    purge: { never: 'They say why it was approved or declined' },
  }),
  application_members: table<MemberRow>({ purge: { never: 'They are in effect until they are removed' } }),
  application_invitations: table<InvitationRow>({ purge: { by: 'id_hash', when: [purgeExpired] } }),
  grant_changes: table<GrantChangeRow>({ purge: { never: 'They are the history of an application, and few' } }),
  refusals: table<RefusedRequestRow>({ purge: { by: 'id', when: [(now) => sql`at <= ${daysBefore(now, 30)}`] } }),
  application_days: table<ApplicationDayRow>({
    purge: { by: 'day', when: [(now) => sql`day <= ${daysBefore(now, 400)} / ${sql.lit(day)}`] },
  }),
  audit_events: table<AuditEventRow>({
    appendOnly: true,
    purge: { never: 'Each entry proves that those before it are unchanged (decision 8)' },
  }),
  audit_head: table<AuditHeadRow>({ replacedByRestore: true, purge: { never: 'It is one row' } }),
  ring_keys: table<RingKeyRow>({ purge: { never: 'There is one row for each key' } }),
  health_checks: table<HealthCheckRow>({ replacedByRestore: true, purge: { never: 'It is one row' } }),
};

export type TableName = keyof typeof tables;

/** The names of all tables that hold state, each after the tables that its rows refer to. */
export const tableNames = Object.keys(tables) as readonly TableName[];

/** The properties of a table, independent of the type of its rows. */
export function stateOf(name: TableName): TableProperties<Readonly<Record<string, unknown>>> {
  return tables[name];
}

type RowOf<Declared> = Declared extends Table<infer Row> ? Row : never;

type StateSchema = { readonly [Name in TableName]: RowOf<(typeof tables)[Name]> };

/** All tables, with the types of their columns, for the query builder. */
export interface Schema extends StateSchema {
  /** The migrations that are applied. Not state: it is not part of a backup's rows and is never purged. */
  readonly migrations: MigrationRow;
}
