import type { RefusedRequest, RefusedRequests } from '../ports/store/index.ts';

/** Refused requests that are stored per application at most: the newest ones. */
const maxStored = 500;
/** Refused requests of one application, endpoint and cause that are buffered between two writes; more teach nothing. */
const maxAlike = 5;
/** Refused requests that are buffered between two writes at most. */
const maxBuffered = 2000;

/**
 * Buffers refused requests in memory, for the applications' developers; `flush` writes them, so that no response waits.
 * At each limit new ones are dropped. A crash loses what came in since the last `flush`, and a failed write loses its
 * batch: refused requests only explain errors, and must not pile up.
 */
export class RefusedRequestBuffer {
  readonly #store: Pick<RefusedRequests, 'append'>;
  #buffer: RefusedRequest[] = [];
  /** How many are buffered, by application, endpoint and cause. */
  #alike = new Map<string, number>();

  constructor(store: Pick<RefusedRequests, 'append'>) {
    this.#store = store;
  }

  readonly add = (refused: RefusedRequest): void => {
    const key = `${refused.applicationId} ${refused.endpoint} ${refused.cause}`;
    const alike = this.#alike.get(key) ?? 0;
    if (alike >= maxAlike || this.#buffer.length >= maxBuffered) return;
    this.#alike.set(key, alike + 1);
    this.#buffer.push(refused);
  };

  /** Writes the buffer and empties it, even if the write fails. */
  async flush(): Promise<void> {
    const buffer = this.#buffer;
    this.#buffer = [];
    this.#alike = new Map();
    if (buffer.length > 0) await this.#store.append(buffer, maxStored);
  }
}
