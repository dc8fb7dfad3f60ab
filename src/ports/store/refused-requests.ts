import type { CursorPage, CursorPaging } from '../listing.ts';

/** The endpoint that refused a request. */
export type RefusedAt = 'authorize' | 'token' | 'revoke' | 'introspect' | 'api';

/**
 * A request of an application that was refused, for its developers. It never contains a secret, a token, a code or a
 * password.
 */
export interface RefusedRequest {
  readonly applicationId: string;
  readonly at: number;
  /** The `X-Request-Id` of the response. */
  readonly requestId: string;
  readonly endpoint: RefusedAt;
  /** The HTTP status of the response. */
  readonly status: number;
  /** The error code of the response. */
  readonly error: string;
  /** The cause of the error: the key of its explanation in pages/messages/errors/. */
  readonly cause: string;
  /** The values that would have been accepted, where they can be shown. */
  readonly expected: readonly string[];
  /** The value that was received, where it can be shown; else `null`. */
  readonly received: string | null;
}

/**
 * Who reads a refused request: a page of this application, a user as a member of any application, or administrators.
 */
export type RefusedRequestReader =
  | { readonly applicationId: string }
  | { readonly memberId: number }
  | 'administrators';

export interface RefusedRequests {
  /**
   * Adds refused requests, and deletes all but the newest `maxPerApplication` of each application that they belong to.
   * Requests of unknown applications are dropped.
   */
  append(refusals: readonly RefusedRequest[], maxPerApplication: number): Promise<void>;
  /** Lists the refused requests of an application, newest first. */
  list(query: CursorPaging & { readonly applicationId: string }): Promise<CursorPage<RefusedRequest>>;
  /** Finds a refused request that the reader may see. */
  find(requestId: string, reader: RefusedRequestReader): Promise<RefusedRequest | undefined>;
}

/** The requests of one or all applications on one day (UTC). */
export interface DayOfTraffic {
  /** Days since 1970-01-01. */
  readonly day: number;
  readonly requests: number;
  /** How many of the requests got an error response. */
  readonly errors: number;
}

export interface Traffic {
  /**
   * Adds counts to those that are stored.
   * @throws {Error} one of the applications does not exist; nothing was written
   */
  add(counts: readonly (DayOfTraffic & { readonly applicationId: string })[]): Promise<void>;
  /** Lists the days from `since` (days since 1970-01-01) on that have counts, oldest first. */
  list(applicationId: string, since: number): Promise<readonly DayOfTraffic[]>;
  /** Lists the same for all applications together. */
  total(since: number): Promise<readonly DayOfTraffic[]>;
}
