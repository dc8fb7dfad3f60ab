import type { Schema } from '../schema.ts';

/** Whatever is state, each table after those that its rows refer to. */
export const tables = [
  'users',
  'sessions',
  'applications',
  'application_secrets',
  'pending_requests',
  'authorizations',
  'codes',
  'families',
  'spent_refresh_hashes',
  'revoked_access_tokens',
  'throttles',
  'devices',
  'device_ownerships',
  'device_imports',
  'device_import_rows',
  'mails',
  'registrations',
  'registration_messages',
  'application_members',
  'application_invitations',
  'grant_changes',
  'refusals',
  'application_days',
  'audit_events',
  'audit_head',
  'ring_keys',
  'health_checks',
] as const satisfies readonly (keyof Schema)[];

/** Migrations put a row in, so that these are not empty in a new database. */
export const seeded: readonly string[] = ['audit_head', 'health_checks'] satisfies readonly (keyof Schema)[];

/** Rows that are on their way from one database to the other at once. */
export const portion = 1000;
