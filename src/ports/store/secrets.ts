import type { ChangeRecord } from '../change-record.ts';
import type { ApplicationSecret } from './applications.ts';

/** A client secret as the members of its application see it. */
export interface SecretRecord extends ApplicationSecret {
  readonly lastUsedAt: number | null;
  /** When an automatic revocation after a day without use was requested; `null`: it was not. */
  readonly idleSince: number | null;
}

export interface Secrets {
  /** Lists the active secrets, and those that were revoked in the last 30 days, oldest first. */
  list(applicationId: string, now: number): Promise<readonly SecretRecord[]>;
  /**
   * Adds a secret. `too_many`: the application has two active ones. `unknown`: no confidential application has this
   * client ID. Both write nothing.
   */
  add(secret: {
    readonly clientId: string;
    readonly id: string;
    readonly hash: string;
    /** The last four characters of the secret. */
    readonly lastFour: string;
    readonly now: number;
    readonly record: ChangeRecord;
  }): Promise<'added' | 'too_many' | 'unknown'>;
  /**
   * Revokes a secret at a time, or as soon as it is unused for a day (`idle`). A later call replaces an earlier one, as
   * long as the secret is active. `unknown`: this application has no active secret with this ID.
   */
  revoke(revocation: {
    readonly clientId: string;
    readonly secretId: string;
    /** In ms since 1970: the secret is invalid from this time on. */
    readonly when: number | 'idle';
    readonly now: number;
    readonly record: ChangeRecord;
  }): Promise<'changed' | 'unknown'>;
  /** Finds a secret that is active at `now`, with the client ID of its application. */
  findByHash(
    hash: string,
    now: number,
  ): Promise<{ readonly secret: ApplicationSecret; readonly clientId: string } | undefined>;
  /** Writes when secrets were last used. A time only moves forward. Unknown secrets are skipped. */
  touch(uses: readonly { readonly secretId: string; readonly usedAt: number }[]): Promise<void>;
  /**
   * Revokes the secrets that are to be revoked when idle and were unused for a day, each with an audit entry. Returns
   * how many it revoked.
   */
  revokeIdle(now: number): Promise<number>;
}
