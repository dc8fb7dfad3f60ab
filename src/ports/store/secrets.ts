import type { ChangeRecord } from '../change-record.ts';
import type { ApplicationSecret } from './applications.ts';

/** A client secret as its owners see it. */
export interface SecretRecord extends ApplicationSecret {
  readonly lastUsedAt: number | null;
  /** It retires by itself once it was not used for a day; since when that is so. */
  readonly idleSince: number | null;
}

export interface Secrets {
  /** Those that still work and those that retired in the last 30 days, oldest first. */
  list(applicationId: string, now: number): Promise<readonly SecretRecord[]>;
  /** `too_many`: two work already; nothing was added. `unknown`: no such confidential application. */
  add(secret: {
    readonly clientId: string;
    readonly id: string;
    readonly hash: string;
    readonly lastFour: string;
    readonly now: number;
    readonly record: ChangeRecord;
  }): Promise<'added' | 'too_many' | 'unknown'>;
  /** `when`: from that time on it is refused; `idle`: once it was not used for a day. */
  revoke(retirement: {
    readonly clientId: string;
    readonly secretId: string;
    readonly when: number | 'idle';
    readonly now: number;
    readonly record: ChangeRecord;
  }): Promise<'changed' | 'unknown'>;
  /** Whose it is, if it still works. */
  findByHash(
    hash: string,
    now: number,
  ): Promise<{ readonly secret: ApplicationSecret; readonly clientId: string } | undefined>;
  /** Notes last uses, by id. Never moves a time back. */
  touch(uses: readonly { readonly secretId: string; readonly usedAt: number }[]): Promise<void>;
  /**
   * Retires those that were to retire when unused, and were not used for a day, each with an audit entry. Answers how
   * many.
   */
  revokeIdle(now: number): Promise<number>;
}
