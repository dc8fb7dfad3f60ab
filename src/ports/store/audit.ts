import type { Actor, AuditEvent } from '../audit.ts';

/**
 * Append-only: no entry is ever changed or removed, and each has a hash over itself and the one before it, so that a
 * change from outside is found.
 */
export interface AuditLog {
  append(event: AuditEvent): Promise<void>;
  /** Newest first, in the order in which they were appended. */
  latest(limit: number): Promise<readonly AuditEvent[]>;
  /** Newest first by their time; of the same time, the one appended last is first. */
  list(query: AuditQuery): Promise<AuditPage>;
  /** The entries about an application as its members may read them, newest first. */
  history(query: HistoryQuery): Promise<readonly HistoryEntry[]>;
  /** In the order in which they were appended, from the one after the entry `after`; `null`: from the first. */
  readAll(after: number | null, limit: number): Promise<readonly AuditEntry[]>;
  /**
   * Reads all of the log and checks its chain. What is appended meanwhile is left to the next time.
   * @param progress is told now and then how many entries were checked
   */
  verify(progress?: (checked: number) => void): Promise<AuditVerdict>;
}

/** An event that was appended. */
export interface AuditEntry extends AuditEvent {
  readonly id: number;
  /** Over all that was stored of this entry, and over `previousHash`. */
  readonly hash: string;
  readonly previousHash: string;
}

/** All that is given must hold. */
export interface AuditQuery {
  /** The first moment, in milliseconds since 1970. */
  readonly since?: number | undefined;
  /** The first moment that is not asked for any more. */
  readonly until?: number | undefined;
  readonly actor?: Actor | undefined;
  /** An action; or, with a dot at its end (`application.`), all whose names begin so. */
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
  /** A part of any text of the event, without regard to case. */
  readonly search?: string | undefined;
  /** Goes on after this entry, with what is older. */
  readonly before?: number | undefined;
  readonly limit: number;
}

export interface HistoryQuery {
  readonly applicationId: string;
  /** The subject of the application's entries. */
  readonly subject: string;
  readonly limit: number;
}

/** An entry without what only administrators may read: network addresses, and who of them did something. */
export interface HistoryEntry extends Pick<AuditEvent, 'at' | 'action' | 'detail' | 'before' | 'after'> {
  readonly id: number;
  /** The user who did it; `null`: nobody who is a member now. */
  readonly memberId: number | null;
}

export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  /**
   * What to give as `before` to go on; `null`: there is no more. A search looks through a bounded number of entries at
   * a time, so that a page may have few entries or none, and yet a next one.
   */
  readonly next: number | null;
}

export type AuditVerdict =
  | { readonly outcome: 'ok'; readonly entries: number; readonly lastId: number | null; readonly head: string }
  | {
      readonly outcome: 'broken';
      /**
       * The first entry that is wrong, or after which entries are missing; `null`: the head of the log itself is
       * missing.
       */
      readonly id: number | null;
      readonly reason: AuditBreak;
      /** How many entries before it are as they were appended. */
      readonly sound: number;
    };

/**
 * `changed`: it is not what was appended. `missing`: one or more before it are gone. `reordered`: it has changed
 * places. `inserted`: it was not appended here. `truncated`: the log ended later once. `headless`: nothing says where
 * the log ends.
 */
export type AuditBreak = 'changed' | 'missing' | 'reordered' | 'inserted' | 'truncated' | 'headless';
