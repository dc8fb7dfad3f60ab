import type { Actor, AuditEvent } from '../audit.ts';

/**
 * The audit log. It is append-only: no entry is ever changed or deleted. Each entry has a hash over its content and the
 * hash of the entry before it, so that `verify` finds changes that were made directly in the database.
 */
export interface AuditLog {
  /**
   * Appends an event that belongs to no change. The event of a change is part of its `ChangeRecord`.
   * @throws {Error} the head of the log is missing
   */
  append(event: AuditEvent): Promise<void>;
  /** Lists events in the reverse order of appending. */
  latest(limit: number): Promise<readonly AuditEvent[]>;
  /** Lists entries by their time, newest first. Of two with one time, the one that was appended later comes first. */
  list(query: AuditQuery): Promise<AuditPage>;
  /** Lists the entries about an application as its members may read them, newest first. */
  history(query: HistoryQuery): Promise<readonly HistoryEntry[]>;
  /** Lists entries in the order of appending, from the one after the entry with the ID `after`; `null`: all. */
  readAll(after: number | null, limit: number): Promise<readonly AuditEntry[]>;
  /**
   * Reads the whole log and checks its chain of hashes. Entries that are appended meanwhile are not checked.
   * @param progress is called from time to time with the number of entries that were checked
   */
  verify(progress?: (checked: number) => void): Promise<AuditVerdict>;
}

/** An event that was appended. */
export interface AuditEntry extends AuditEvent {
  readonly id: number;
  /** Over everything that is stored of this entry, and over `previousHash`. */
  readonly hash: string;
  readonly previousHash: string;
}

/** All conditions that are present must hold. */
export interface AuditQuery {
  /** The first moment of the period, in ms since 1970. */
  readonly since?: number | undefined;
  /** The end of the period, in ms since 1970, not included. */
  readonly until?: number | undefined;
  readonly actor?: Actor | undefined;
  /** The name of an action; or, with a dot at its end (`application.`), the beginning of several. */
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
  /** A part of any text of the event; case does not matter. */
  readonly search?: string | undefined;
  /** The ID of an entry: the page begins with the next older one. An unknown ID gives an empty page. */
  readonly before?: number | undefined;
  readonly limit: number;
}

export interface HistoryQuery {
  readonly applicationId: string;
  /** The `subject` of the entries. */
  readonly subject: string;
  readonly limit: number;
}

/** An entry without what only administrators may read: network addresses, and who of them acted. */
export interface HistoryEntry extends Pick<AuditEvent, 'at' | 'action' | 'detail' | 'before' | 'after'> {
  readonly id: number;
  /** The user who acted, if that user is a member of the application now; else `null`. */
  readonly memberId: number | null;
}

export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  /**
   * The `before` of the next page; `null`: this is the last one. A search looks through a limited number of entries for
   * one page, so a page can have few entries or none and still have a next one.
   */
  readonly next: number | null;
}

export type AuditVerdict =
  /** `head`: the hash of the last entry. */
  | { readonly outcome: 'ok'; readonly entries: number; readonly lastId: number | null; readonly head: string }
  | {
      readonly outcome: 'broken';
      /** The first entry that is wrong, or before which entries are missing; `null`: the head of the log is missing. */
      readonly id: number | null;
      readonly reason: AuditBreak;
      /** How many entries before it are unchanged. */
      readonly sound: number;
    };

/**
 * `changed`: the content or a hash differs from what was appended. `missing`: entries before it were deleted.
 * `reordered`: its place was changed. `inserted`: it was not appended by the log. `truncated`: entries at the end were
 * deleted. `headless`: the row that says where the log ends was deleted.
 */
export type AuditBreak = 'changed' | 'missing' | 'reordered' | 'inserted' | 'truncated' | 'headless';
