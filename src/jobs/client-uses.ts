import type { DayOfTraffic, Store } from '../ports/store/index.ts';

const dayMs = 86_400_000;

/** What is counted goes on changing until it is written. */
interface Count extends DayOfTraffic {
  readonly applicationId: string;
  requests: number;
  errors: number;
}

/**
 * Collects how many requests applications send and when their secrets were last used, and writes all of it together
 * once in a while. A crash may lose what was collected since. There are no more notes than applications and secrets,
 * so they need no limit.
 */
export class ClientUses {
  readonly #store: Pick<Store, 'traffic' | 'secrets'>;
  #counts = new Map<string, Count>();
  #secrets = new Map<string, number>();

  constructor(store: Pick<Store, 'traffic' | 'secrets'>) {
    this.#store = store;
  }

  /** An application proved who it is: a request of it, and a use of its secret. */
  readonly recordClientUse = (use: {
    readonly applicationId: string;
    readonly secretId: string | null;
    readonly usedAt: number;
  }): void => {
    this.recordRequest(use.applicationId, use.usedAt);
    if (use.secretId !== null) this.#secrets.set(use.secretId, use.usedAt);
  };

  readonly recordRequest = (applicationId: string, at: number): void => this.#add(applicationId, at, 1, 0);

  /** A refused request. `counted`: it was noted as a request before it was refused. */
  readonly recordError = (applicationId: string, at: number, counted: boolean): void =>
    this.#add(applicationId, at, counted ? 0 : 1, 1);

  #add(applicationId: string, at: number, requests: number, errors: number): void {
    const day = Math.floor(at / dayMs);
    const key = `${day} ${applicationId}`;
    const known = this.#counts.get(key);
    if (known === undefined) {
      this.#counts.set(key, { applicationId, day, requests, errors });
    } else {
      known.requests += requests;
      known.errors += errors;
    }
  }

  /** Writes what was noted. What can't be written is kept for the next time. Rejects with the first failure. */
  async flush(): Promise<void> {
    const results = await Promise.allSettled([this.#writeCounts(), this.#writeSecrets()]);
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }

  async #writeCounts(): Promise<void> {
    const counts = [...this.#counts.values()];
    this.#counts = new Map();
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

  async #writeSecrets(): Promise<void> {
    const secrets = this.#secrets;
    this.#secrets = new Map();
    if (secrets.size === 0) return;
    try {
      await this.#store.secrets.touch([...secrets].map(([secretId, usedAt]) => ({ secretId, usedAt })));
    } catch (error) {
      // What came meanwhile is newer.
      this.#secrets = new Map([...secrets, ...this.#secrets]);
      throw error;
    }
  }
}
