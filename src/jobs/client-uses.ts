import type { DayOfTraffic, Store } from '../ports/store/index.ts';

const dayMs = 86_400_000;

/** What is counted goes on changing until it is written. */
interface Count extends DayOfTraffic {
  readonly applicationId: string;
  requests: number;
  errors: number;
}

/**
 * Collects how many requests applications send and when their secrets were last used, and writes all of it together once in a while. A crash
 * may lose what was collected since.
 */
export class ClientUses {
  readonly #store: Pick<Store, 'traffic' | 'secrets'>;
  #counts = new Map<string, Count>();
  #secrets = new Map<string, number>();

  constructor(store: Pick<Store, 'traffic' | 'secrets'>) {
    this.#store = store;
  }

  /** An application proved who it is: a request of it, and a use of its secret. */
  readonly noteClient = (use: {
    readonly applicationId: string;
    readonly secretId: string | null;
    readonly usedAt: number;
  }): void => {
    this.noteRequest(use.applicationId, use.usedAt);
    if (use.secretId !== null) this.#secrets.set(use.secretId, use.usedAt);
  };

  readonly noteRequest = (applicationId: string, at: number): void => this.#add(applicationId, at, 1, 0);

  /** A refused request. `counted`: it was noted as a request before it was refused. */
  readonly noteError = (applicationId: string, at: number, counted: boolean): void =>
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

  /** Writes what was noted. If that fails it is kept for the next time. */
  async flush(): Promise<void> {
    const [counts, secrets] = [this.#counts, this.#secrets];
    this.#counts = new Map();
    this.#secrets = new Map();
    if (counts.size > 0) await this.#keeping(counts, () => this.#store.traffic.add([...counts.values()]));
    const uses = [...secrets].map(([secretId, usedAt]) => ({ secretId, usedAt }));
    if (uses.length > 0) await this.#store.secrets.touch(uses);
  }

  async #keeping(counts: ReadonlyMap<string, Count>, write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      for (const { applicationId, day, requests, errors } of counts.values()) {
        this.#add(applicationId, day * dayMs, requests, errors);
      }
      throw error;
    }
  }
}
