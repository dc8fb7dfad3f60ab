import type { Families, FamilyUse } from '../ports/store/index.ts';

/** Most families remembered between two writes. */
const maxNotes = 50_000;
/** So many of the oldest notes are dropped at once, because finding one takes as long as finding many. */
const dropped = 5000;

/**
 * Collects when token families were used, and writes all of it together once in a while, so that neither a refresh
 * nor an API call waits for a disk. Where a note is dropped or lost in a crash, *last used* stays too early, but no
 * token ends: how long an evicted family is kept is decided when it is evicted.
 */
export class FamilyUses {
  readonly #families: Pick<Families, 'touch'>;
  /** In the order of their last use. */
  #notes = new Map<string, FamilyUse>();

  constructor(families: Pick<Families, 'touch'>) {
    this.#families = families;
  }

  readonly add = (use: FamilyUse): void => {
    const { familyId, usedAt } = use;
    const accessExpiresAt = use.accessExpiresAt ?? this.#notes.get(familyId)?.accessExpiresAt ?? null;
    this.#notes.delete(familyId);
    if (this.#notes.size >= maxNotes) this.#dropOldest();
    this.#notes.set(familyId, { familyId, usedAt, accessExpiresAt });
  };

  /** Writes what was noted. If that fails the notes are kept for the next time. */
  async flush(): Promise<void> {
    if (this.#notes.size === 0) return;
    const notes = this.#notes;
    this.#notes = new Map();
    try {
      await this.#families.touch([...notes.values()]);
    } catch (error) {
      // What came meanwhile is newer, so it is noted on top of what is put back.
      const newer = this.#notes;
      this.#notes = notes;
      for (const use of newer.values()) this.add(use);
      throw error;
    }
  }

  #dropOldest(): void {
    for (const familyId of [...this.#notes.keys()].slice(0, dropped)) this.#notes.delete(familyId);
  }
}
