import type { ChangeRecord } from '../change-record.ts';

/** A key of the ring, as the database knows it. */
export interface RingKey {
  /** 0 to 255. */
  readonly id: number;
  /** 22 characters that are derived from the secret, and say nothing of it. */
  readonly fingerprint: string;
}

export type Introduction =
  | { readonly outcome: 'known' }
  /** The ring lacks the key that protects new access tokens; nothing was recorded. */
  | { readonly outcome: 'foreign'; readonly signing: RingKey };

/**
 * Which keys have protected access tokens, in the order in which they began to. The newest of them is the signing key:
 * a node that lacks it refuses tokens that another one issues. Nodes that still sign with an older one, in the middle
 * of a rotation, change nothing.
 */
export interface RingKeys {
  /** `undefined`: no server has started on this database yet. */
  signing(): Promise<RingKey | undefined>;
  /**
   * A node starts with this ring, or rotated it; its current key is the first. If that one never signed before, it is
   * the signing key from now on.
   */
  introduce(ring: readonly RingKey[], now: number): Promise<Introduction>;
  /** Forgets all other keys: tokens under them are given up. */
  adopt(current: RingKey, record: ChangeRecord): Promise<void>;
}
