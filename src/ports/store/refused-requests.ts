import type { CursorPage, CursorPaging } from '../listing.ts';

/** Where a request was refused. */
export type RefusedAt = 'authorize' | 'token' | 'revoke' | 'introspect' | 'api';

/** A refused request of an application, for the people who run it. Holds no secret, token, code or password. */
export interface RefusedRequest {
  readonly applicationId: string;
  readonly at: number;
  /** What the answer's X-Request-Id said. */
  readonly requestId: string;
  readonly endpoint: RefusedAt;
  readonly status: number;
  /** The error code on the wire. */
  readonly error: string;
  /** Which of its causes: a key of the explanations. */
  readonly cause: string;
  /** What would have been right, where that can be told. */
  readonly expected: readonly string[];
  /** What came, where that can be told. */
  readonly received: string | null;
}

/** Who reads a refused request: the people of this application, this person as a member of any, or administrators. */
export type RefusalReader = { readonly applicationId: string } | { readonly memberId: number } | 'administrators';

export interface RefusedRequests {
  /** Adds some; of each application only the newest `keep` stay. Those of unknown applications are dropped. */
  append(refusals: readonly RefusedRequest[], keep: number): Promise<void>;
  /** Newest first. */
  list(query: CursorPaging & { readonly applicationId: string }): Promise<CursorPage<RefusedRequest>>;
  find(requestId: string, reader: RefusalReader): Promise<RefusedRequest | undefined>;
}

/** What an application did on one day (UTC). */
export interface DayOfTraffic {
  /** Days since 1970. */
  readonly day: number;
  readonly requests: number;
  readonly errors: number;
}

export interface Traffic {
  /** Adds to what is known. */
  add(counts: readonly (DayOfTraffic & { readonly applicationId: string })[]): Promise<void>;
  /** The days from `since` on that had any, oldest first. */
  list(applicationId: string, since: number): Promise<readonly DayOfTraffic[]>;
  /** All applications together. */
  total(since: number): Promise<readonly DayOfTraffic[]>;
}
