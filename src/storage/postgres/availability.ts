import type { AvailabilityChange } from '../../ports/store/index.ts';

/** Connections break one after the other. An outage is over after this time, in ms, without a lost connection. */
const quietPeriod = 1000;

/** Reports when an outage begins (a connection is lost or can't be opened) and when it is over; once each. */
export class Availability {
  listener: (change: AvailabilityChange) => void = () => {};
  #outage: { readonly since: number; latest: number } | undefined;

  /** A connection was lost, or could not be opened. */
  connectionLost(cause: Error): void {
    const now = performance.now();
    if (this.#outage !== undefined) {
      this.#outage.latest = now;
      return;
    }
    this.#outage = { since: now, latest: now };
    this.listener({ state: 'unavailable', cause });
  }

  /** The database has responded to a statement. */
  responded(): void {
    if (this.#outage === undefined) return;
    const now = performance.now();
    const { since, latest } = this.#outage;
    if (now - latest < quietPeriod) return;
    this.#outage = undefined;
    this.listener({ state: 'available', afterMs: Math.round(now - since) });
  }
}
