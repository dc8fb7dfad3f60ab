import type { Families, FamilyUse } from '../ports/store/index.ts';

/** Families that are buffered between two writes at most. */
const maxFamilies = 50_000;
/** Families that are dropped at once when the buffer is full: finding one takes as long as finding many. */
const dropCount = 5000;

/**
 * Buffers in memory when token families were last used; `flush` writes them together, so that neither a refresh nor an
 * API call waits for a write. A crash loses the uses since the last `flush`. A full buffer drops the families that were
 * used the longest ago; a failed write puts its uses back into the buffer. A lost use leaves *last used* too early, and
 * no token becomes invalid: the time for which an evicted family is kept is written when it is evicted.
 */
export class FamilyUses {
  readonly #families: Pick<Families, 'touch'>;
  /** By family, the least recently used first. */
  #uses = new Map<string, FamilyUse>();

  constructor(families: Pick<Families, 'touch'>) {
    this.#families = families;
  }

  /**
   * Buffers a use. It replaces an earlier use of the same family, and keeps its `accessExpiresAt` unless it sets one.
   */
  readonly add = (use: FamilyUse): void => {
    const { familyId, usedAt } = use;
    const accessExpiresAt = use.accessExpiresAt ?? this.#uses.get(familyId)?.accessExpiresAt ?? null;
    this.#uses.delete(familyId);
    if (this.#uses.size >= maxFamilies) this.#dropOldest();
    this.#uses.set(familyId, { familyId, usedAt, accessExpiresAt });
  };

  /** Writes the buffer. If that fails it rejects, and the uses stay in the buffer for the next call. */
  async flush(): Promise<void> {
    if (this.#uses.size === 0) return;
    const uses = this.#uses;
    this.#uses = new Map();
    try {
      await this.#families.touch([...uses.values()]);
    } catch (error) {
      // Uses that came in during the write are newer: put the old ones back first, then add these.
      const newer = this.#uses;
      this.#uses = uses;
      for (const use of newer.values()) this.add(use);
      throw error;
    }
  }

  #dropOldest(): void {
    for (const familyId of [...this.#uses.keys()].slice(0, dropCount)) this.#uses.delete(familyId);
  }
}
