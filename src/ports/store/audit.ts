import type { Actor, AuditEvent } from '../audit.ts';
import type { AuditKeys } from '../keys.ts';

/**
 * The audit log. It is append-only: no entry is ever changed or deleted. Each entry has a hash over its content and the
 * hash of the entry before it, and a message authentication code of this hash under a key that is not in the database,
 * so that `verify` finds changes that were made directly in the database.
 */
export interface AuditLog {
  /**
   * Appends an event that belongs to no change. The event of a change is part of its `ChangeRecord`.
   * @throws {Error} the head of the log is missing; or the log has entries with a key, and this process has no key
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
  /** Sets the keys: every later change is stored with an entry under the current one. */
  useKeys(keys: AuditKeys): void;
  /**
   * Appends `event` if the log has entries and none of them has a key: those of earlier releases, or of commands that
   * ran before there was a ring. @returns whether it was appended
   */
  protect(event: AuditEvent): Promise<boolean>;
  /** The names of all keys that entries of the log have. */
  keyNames(): Promise<readonly string[]>;
  /** The last entry of the log; `undefined`: it is empty. */
  head(): Promise<AuditAnchor | undefined>;
  /**
   * Reads the whole log and checks its chain of hashes, its codes, and that `anchors` are in it. Entries that are
   * appended meanwhile are not checked. `progress` is called from time to time with the number of entries that were
   * checked.
   */
  verify(options?: VerifyOptions): Promise<AuditVerdict>;
}

export interface VerifyOptions {
  readonly anchors?: readonly AuditAnchor[];
  readonly progress?: (checked: number) => void;
}

/** An entry that was the last one at some time. */
export interface AuditAnchor {
  readonly id: number;
  readonly hash: string;
}

/** Where the log has entries of one key. */
export interface AuditKeyUse {
  /** The name of the key: its ID in the ring, a dot and its fingerprint. */
  readonly key: string;
  /** The IDs of its first and its last entry. */
  readonly first: number;
  readonly last: number;
  /** The number of its entries. */
  readonly entries: number;
}

/** A key that is no longer in the ring. Its entries are unchanged since the entry `sealedBy`, which can be checked. */
export interface SealedKey extends AuditKeyUse {
  readonly sealedBy: number;
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
  | {
      readonly outcome: 'ok';
      readonly entries: number;
      readonly lastId: number | null;
      /** The hash of the last entry. */
      readonly head: string;
      /** How many entries, from the first on, have no key. If others follow, these authenticate them. */
      readonly unkeyed: number;
      readonly sealed: readonly SealedKey[];
    }
  /** The chain is sound, but these keys are not in the ring: anyone can have appended their entries. */
  | { readonly outcome: 'unchecked'; readonly entries: number; readonly keys: readonly AuditKeyUse[] }
  | {
      readonly outcome: 'broken';
      /**
       * The first entry that is wrong, or before which entries are missing; for `unanchored` the ID in the anchor.
       * `null`: the head of the log is missing, or no entry has a key.
       */
      readonly id: number | null;
      readonly reason: AuditBreak;
      /** How many entries before it are unchanged. */
      readonly sound: number;
    };

/**
 * `changed`: the content or a hash differs from what was appended. `missing`: entries before it were deleted.
 * `reordered`: its place was changed. `inserted`: it was not appended by the log. `truncated`: entries at the end were
 * deleted. `headless`: the row that says where the log ends was deleted. `forged`: its code is not that of its key.
 * `unkeyed`: it has no key, but an entry before it has one. `unprotected`: no entry has a key, but this process has a
 * ring. `unanchored`: an anchor says that it was in the log, but it is not, or is another one.
 */
export type AuditBreak =
  | 'changed'
  | 'missing'
  | 'reordered'
  | 'inserted'
  | 'truncated'
  | 'headless'
  | 'forged'
  | 'unkeyed'
  | 'unprotected'
  | 'unanchored';
