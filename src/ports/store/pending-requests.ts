/** An authorization request (RFC 6749 4.1.1) that waits until the user has logged in and decided. */
export interface PendingRequest {
  /** The hash of the random ID in the address of the page. */
  readonly idHash: string;
  /** The query of the request, byte for byte as it was received. */
  readonly query: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface PendingRequests {
  /** Stores a request. */
  save(request: PendingRequest): Promise<void>;
  /** Finds a request that is neither finished nor expired at `now`. */
  find(idHash: string, now: number): Promise<PendingRequest | undefined>;
  /**
   * Finishes a request. Exactly one caller gets `finished`, so that one request never gets two responses. `gone`: it is
   * finished, expired or unknown.
   */
  finish(idHash: string, now: number): Promise<'finished' | 'gone'>;
}
