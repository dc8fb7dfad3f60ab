import type { Families, FamilyUse } from '../ports/store/index.ts';

/** Most families remembered between two writes; beyond it the oldest note is dropped: it only feeds a *last used*. */
const mostNotes = 50_000;

/**
 * Collects when token families were used, and writes all of it together once in a while, so that neither a refresh nor an API
 * call waits for a disk.
 */
export class FamilyUses {
  readonly #families: Pick<Families, 'touch'>;
  #notes = new Map<string, FamilyUse>();

  constructor(families: Pick<Families, 'touch'>) {
    this.#families = families;
  }

  readonly note = (use: FamilyUse): void => {
    const earlier = this.#notes.get(use.familyId);
    if (earlier === undefined && this.#notes.size >= mostNotes) return;
    const { familyId, usedAt } = use;
    const accessExpiresAt = use.accessExpiresAt ?? earlier?.accessExpiresAt ?? null;
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
      for (const use of newer.values()) this.note(use);
      throw error;
    }
  }
}
