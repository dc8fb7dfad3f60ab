/**
 * For whom a password is hashed. Each account and each network gets only a part of the places, so none of them can fill
 * it.
 */
export interface HashedFor {
  /** The email address, or what was typed in its place. */
  readonly account: string;
  /** As `networkOf` names it, not an address. */
  readonly network: string;
}

/** Turns passwords into slow, salted hashes, off the main thread, a few at a time. */
export interface PasswordHasher {
  /** The encoded hash of a password. Rejects with {@link HashingBusy}. */
  hash(password: string, whom: HashedFor): Promise<string>;
  /**
   * Whether the password is the one behind `encoded`. Without one (`undefined`: nobody has this name) it does the same
   * work for the same time and answers `false`. Rejects with {@link HashingBusy}.
   */
  verify(encoded: string | undefined, password: string, whom: HashedFor): Promise<boolean>;
  /** Whether `encoded` was made with other parameters than those in use now. */
  needsRehash(encoded: string): boolean;
}

/** Too much is waiting to be hashed already, in all or for whoever asks; nothing was done. */
export class HashingBusy extends Error {
  override readonly name = 'HashingBusy';
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super('Too many passwords are waiting to be hashed');
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
