import type { AvailabilityChange } from '../../ports/store/index.ts';

/** Connections break one after the other: that nothing was lost for so long, in ms, means that it is over. */
const calm = 1000;

/** Tells once when the database can't be reached or connections to it are lost, and once when it works again. */
export class Availability {
  listener: (change: AvailabilityChange) => void = () => {};
  #outage: { readonly since: number; latest: number } | undefined;

  lost(cause: Error): void {
    const now = performance.now();
    if (this.#outage !== undefined) {
      this.#outage.latest = now;
      return;
    }
    this.#outage = { since: now, latest: now };
    this.listener({ state: 'unavailable', cause });
  }

  /** A statement was answered. */
  proven(): void {
    if (this.#outage === undefined) return;
    const now = performance.now();
    const { since, latest } = this.#outage;
    if (now - latest < calm) return;
    this.#outage = undefined;
    this.listener({ state: 'available', afterMs: Math.round(now - since) });
  }
}
