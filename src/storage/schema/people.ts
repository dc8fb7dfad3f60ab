import type { Generated } from 'kysely';
import type { AdministratorRole } from '../../ports/store/index.ts';
import { purgeExpired } from './purge-rules.ts';
import { table } from './table.ts';

export interface UserRow {
  readonly id: Generated<number>;
  readonly email: string;
  readonly password_hash: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly staff_role: AdministratorRole | null;
  readonly created_at: number;
  readonly disabled_at: number | null;
  readonly password_epoch: Generated<number>;
  /** `foldCase` of the names and the email address, for the search. */
  readonly search_folded: string;
}

export interface SessionRow {
  readonly id_hash: string;
  readonly password_epoch: number;
  readonly user_id: number;
  readonly created_at: number;
  readonly expires_at: number;
  readonly address: string;
  readonly user_agent: string;
  /** When the user last entered their password. */
  readonly confirmed_at: number;
}

export const peopleTables = {
  users: table<UserRow>({ purge: { never: 'The audit log and the history of devices name people by their ID' } }),
  sessions: table<SessionRow>({ purge: { by: 'id_hash', when: [purgeExpired] } }),
};
