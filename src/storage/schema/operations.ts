import { sql } from 'kysely';
import { table } from './table.ts';

/** A leaky bucket, stored as the time at which it will be empty. */
export interface ThrottleRow {
  readonly key: string;
  readonly empty_at: number;
  readonly trusted_until: number;
}

/** A key of the ring that protects access tokens or once did. */
export interface RingKeyRow {
  /** From 1, in the order in which the keys were first used; the last one is the signing key. */
  readonly place: number;
  readonly key_id: number;
  readonly fingerprint: string;
  readonly first_used_at: number;
}

/** A row that is written to check whether writes succeed. The table has one row. */
export interface HealthCheckRow {
  readonly id: number;
  readonly checks: number;
}

export interface MigrationRow {
  readonly name: string;
  readonly applied_at: number;
}

export const operationTables = {
  throttles: table<ThrottleRow>({
    purge: { by: 'key', when: [(now) => sql`empty_at <= ${now} and trusted_until <= ${now}`] },
  }),
  ring_keys: table<RingKeyRow>({ purge: { never: 'There is one row for each key' } }),
  health_checks: table<HealthCheckRow>({ replacedByRestore: true, purge: { never: 'It is one row' } }),
};
