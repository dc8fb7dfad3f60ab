import type { AuditKey, AuditKeys } from '../../ports/keys.ts';
import type { AuditBreak, AuditKeyUse, SealedKey } from '../../ports/store/index.ts';
import type { StoredEntry } from './audit-chain.ts';
import { isMacOf } from './audit-hash.ts';
import { recordsFrom } from './audit-rows.ts';

/** The actions of the entries that seal keys, with their names in `detail.sealed`. */
const sealing: readonly string[] = ['keys.retired', 'keys.adopted'];

/**
 * Checks the codes of entries whose chain of hashes is sound, in the order of the log.
 *
 * The code of an entry authenticates all entries before it, because its hash includes theirs. So an entry of a key that
 * is no longer in the ring is unchanged since the next entry that can be checked. But the platform also continues a log
 * to which an entry of an unknown key was added. So such entries count only if a later entry seals their key.
 */
export class AuthenticationCheck {
  readonly #keys: AuditKeys | undefined;
  /** Keys that the ring does not have, by their name, and where they are used. */
  readonly #missing = new Map<string, AuditKeyUse>();
  readonly #sealed: SealedKey[] = [];
  readonly #known = new Map<string, AuditKey | undefined>();
  #hasKeyed = false;
  /** The number of entries without a key: those of earlier releases. */
  unkeyed = 0;

  /** `keys`: absent if this process has no ring. */
  constructor(keys: AuditKeys | undefined) {
    this.#keys = keys;
  }

  /** Checks the next entry. Returns why it breaks the log; `undefined`: it does not. */
  add(entry: StoredEntry): AuditBreak | undefined {
    if (entry.key === null) {
      this.unkeyed += 1;
      return this.#hasKeyed || entry.mac !== null ? 'unkeyed' : undefined;
    }
    this.#hasKeyed = true;
    const key = this.#find(entry.key);
    if (key === undefined) this.#addMissing(entry.key, entry.id);
    else if (!isMacOf(entry.mac, key, entry.hash)) return 'forged';
    else if (sealing.includes(entry.action)) this.#seal(entry);
    return undefined;
  }

  /** Whether no entry has a key, although this process has one. */
  get isUnprotected(): boolean {
    return this.#keys !== undefined && !this.#hasKeyed && this.unkeyed > 0;
  }

  /** The keys whose entries can't be checked. */
  get unchecked(): readonly AuditKeyUse[] {
    return [...this.#missing.values()];
  }

  /** The keys whose entries are unchanged since they were sealed. */
  get sealed(): readonly SealedKey[] {
    return this.#sealed;
  }

  #find(name: string): AuditKey | undefined {
    // Someone who edits the SQLite file can store a value of any type in any column.
    if (!this.#known.has(name)) this.#known.set(name, this.#keys?.find(String(name)));
    return this.#known.get(name);
  }

  #addMissing(key: string, id: number): void {
    const use = this.#missing.get(key);
    this.#missing.set(key, { key, first: use?.first ?? id, last: id, entries: (use?.entries ?? 0) + 1 });
  }

  #seal(entry: StoredEntry): void {
    const names = recordsFrom(entry).detail?.sealed;
    if (!Array.isArray(names)) return;
    for (const use of this.unchecked.filter(({ key }) => names.includes(key))) {
      this.#missing.delete(use.key);
      this.#sealed.push({ ...use, sealedBy: entry.id });
    }
  }
}
