import type { ChangeRecord } from '../change-record.ts';

/** What the database stores of a key of the ring. */
export interface RingKey {
  /** 0 to 255. */
  readonly id: number;
  /** 22 characters that are derived from the secret and do not reveal it. */
  readonly fingerprint: string;
}

export type RingRegistration =
  | { readonly outcome: 'known' }
  /** The ring lacks `signing`, the key that protects new access tokens. Nothing was written. */
  | { readonly outcome: 'foreign'; readonly signing: RingKey };

/**
 * The keys that have protected access tokens, in the order of their first use. The newest is the signing key. A node
 * whose ring lacks it would refuse tokens that other nodes issue, so it must not start. During a rotation some nodes
 * still sign with an older key; that changes nothing here.
 */
export interface RingKeys {
  /** Returns the signing key. `undefined`: no server has started on this database yet. */
  signing(): Promise<RingKey | undefined>;
  /**
   * Compares the ring of a node with the signing key, when a server starts and before `insiders keys` changes the ring.
   * `ring[0]` is its current key: if that one is new to the database, it becomes the signing key.
   * @throws {Error} the ring is empty
   */
  register(ring: readonly RingKey[], now: number): Promise<RingRegistration>;
  /** Like `register`, after a change of the ring that `record` describes. If it is `foreign`, nothing is recorded. */
  recordChange(ring: readonly RingKey[], record: ChangeRecord): Promise<RingRegistration>;
  /** Makes `current` the only known key. Tokens under all other keys become invalid. */
  adopt(current: RingKey, record: ChangeRecord): Promise<void>;
}
