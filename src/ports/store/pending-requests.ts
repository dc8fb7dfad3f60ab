/** An authorization request (RFC 6749 4.1.1) that waits for a person to log in and decide. */
export interface PendingRequest {
  readonly idHash: string;
  /** The query of the request, byte for byte as it came. */
  readonly query: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface PendingRequests {
  keep(request: PendingRequest): Promise<void>;
  /** Not expired at `now`, not finished. */
  find(idHash: string, now: number): Promise<PendingRequest | undefined>;
  /** Ends it. `finished` exactly once, `gone` for whoever comes later: two answers to one request are impossible. */
  finish(idHash: string, now: number): Promise<'finished' | 'gone'>;
}
