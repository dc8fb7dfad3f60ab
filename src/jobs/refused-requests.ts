import type { RefusedRequest, RefusedRequests } from '../ports/store/index.ts';

/** Of one application only the newest so many are kept. */
const keptOfOne = 500;
/**
 * How many refusals of one application and one cause are kept between two writes: the same mistake a thousand times is
 * still one mistake.
 */
const maxAlike = 5;
/** Beyond so many in memory no more are taken until they are written. */
const maxWaiting = 2000;

/** Collects refused requests for the applications' developers, and writes them in batches. Never delays a response. */
export class RefusedRequestBuffer {
  readonly #refusals: Pick<RefusedRequests, 'append'>;
  #waiting: RefusedRequest[] = [];
  #alike = new Map<string, number>();

  constructor(refusals: Pick<RefusedRequests, 'append'>) {
    this.#refusals = refusals;
  }

  readonly add = (refusal: RefusedRequest): void => {
    const key = `${refusal.applicationId} ${refusal.endpoint} ${refusal.cause}`;
    const alike = this.#alike.get(key) ?? 0;
    if (alike >= maxAlike || this.#waiting.length >= maxWaiting) return;
    this.#alike.set(key, alike + 1);
    this.#waiting.push(refusal);
  };

  /** Writes what was noted. If that fails it is dropped: it only explains, and must not pile up. */
  async flush(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#alike = new Map();
    if (waiting.length > 0) await this.#refusals.append(waiting, keptOfOne);
  }
}
