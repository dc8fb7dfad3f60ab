import type { AuditAnchor } from '../../ports/store/index.ts';
import type { StoredEntry } from './audit-chain.ts';

/** Checks that each anchored head is an entry of the log. */
export class AnchorCheck {
  /** The anchors that were not found yet, by the ID of their entry. An ID with two hashes is never found. */
  readonly #open = new Map<number, Set<string>>();

  constructor(anchors: readonly AuditAnchor[]) {
    for (const { id, hash } of anchors) this.#open.set(id, (this.#open.get(id) ?? new Set()).add(hash));
  }

  add({ id, hash }: StoredEntry): void {
    if (this.#open.size === 0) return;
    const hashes = this.#open.get(id);
    if (hashes?.delete(hash) === true && hashes.size === 0) this.#open.delete(id);
  }

  /** The lowest ID whose anchored hash is not in the log. */
  get missing(): number | undefined {
    return this.#open.size === 0 ? undefined : [...this.#open.keys()].reduce((one, other) => Math.min(one, other));
  }
}
