import type { DayOfTraffic, Store } from '../ports/store/index.ts';

const dayMs = 86_400_000;

/** The requests and errors of one application on one day (UTC), counted in place until they are written. */
interface TrafficCount extends DayOfTraffic {
  readonly applicationId: string;
  requests: number;
  errors: number;
}

/**
 * Buffers in memory how many requests and errors each application has per day, and when each client secret was last
 * used; `flush` writes both. A crash loses what came in since the last `flush`, and a failed write loses nothing: its
 * counts go back into the buffer. The buffer has one entry per application and day and one per secret, so it needs no
 * limit and drops nothing.
 */
export class ClientUses {
  readonly #store: Pick<Store, 'traffic' | 'secrets'>;
  /** By day and application. */
  #traffic = new Map<string, TrafficCount>();
  /** The time of the last use (ms), by the id of the secret. */
  #secretUses = new Map<string, number>();

  constructor(store: Pick<Store, 'traffic' | 'secrets'>) {
    this.#store = store;
  }

  /** Records that an application authenticated: one request, and one use of its secret. `usedAt`: ms since 1970. */
  readonly recordClientUse = (use: {
    readonly applicationId: string;
    readonly secretId: string | null;
    readonly usedAt: number;
  }): void => {
    this.recordRequest(use.applicationId, use.usedAt);
    if (use.secretId !== null) this.#secretUses.set(use.secretId, use.usedAt);
  };

  /** Counts one request of an application. `at`: ms since 1970. */
  readonly recordRequest = (applicationId: string, at: number): void => this.#add(applicationId, at, 1, 0);

  /** Counts one refused request. `counted`: it was counted as a request before it was refused. */
  readonly recordError = (applicationId: string, at: number, counted: boolean): void =>
    this.#add(applicationId, at, counted ? 0 : 1, 1);

  #add(applicationId: string, at: number, requests: number, errors: number): void {
    const day = Math.floor(at / dayMs);
    const key = `${day} ${applicationId}`;
    const count = this.#traffic.get(key);
    if (count === undefined) {
      this.#traffic.set(key, { applicationId, day, requests, errors });
    } else {
      count.requests += requests;
      count.errors += errors;
    }
  }

  /**
   * Writes the buffer. Counts and secrets are written apart: the one that fails stays in the buffer for the next call.
   * Rejects with the first failure.
   */
  async flush(): Promise<void> {
    const results = await Promise.allSettled([this.#writeTraffic(), this.#writeSecretUses()]);
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }

  async #writeTraffic(): Promise<void> {
    const counts = [...this.#traffic.values()];
    this.#traffic = new Map();
    if (counts.length === 0) return;
    try {
      await this.#store.traffic.add(counts);
    } catch (error) {
      for (const { applicationId, day, requests, errors } of counts) {
        this.#add(applicationId, day * dayMs, requests, errors);
      }
      throw error;
    }
  }

  async #writeSecretUses(): Promise<void> {
    const uses = this.#secretUses;
    this.#secretUses = new Map();
    if (uses.size === 0) return;
    try {
      await this.#store.secrets.touch([...uses].map(([secretId, usedAt]) => ({ secretId, usedAt })));
    } catch (error) {
      // Uses that came in during the write are newer, so they win.
      this.#secretUses = new Map([...uses, ...this.#secretUses]);
      throw error;
    }
  }
}
