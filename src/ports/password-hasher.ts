/**
 * Who causes the work of hashing. One account and one network can each have only a part of the queue, so that neither
 * can fill it.
 */
export interface HashingCaller {
  /** The email address, or the text that was typed in its place. */
  readonly account: string;
  /** The network as `networkOf` names it, not a single address. */
  readonly network: string;
}

/** Hashes and checks passwords, off the main thread and a few at a time. */
export interface PasswordHasher {
  /**
   * Returns the encoded hash of a password.
   * @throws {HashingBusy} the queue, or the caller's part of it, is full
   */
  hash(password: string, whom: HashingCaller): Promise<string>;
  /**
   * Returns whether `encoded` is a hash of the password. Without a hash (`undefined`: the account is unknown) it does
   * the same work for the same time and returns `false`.
   * @throws {HashingBusy} the queue, or the caller's part of it, is full
   */
  verify(encoded: string | undefined, password: string, whom: HashingCaller): Promise<boolean>;
  /** Returns whether `encoded` was made with parameters other than the current ones. */
  needsRehash(encoded: string): boolean;
}

/** The queue of passwords to hash is full, for everyone or for this account or network. Nothing was done. */
export class HashingBusy extends Error {
  override readonly name = 'HashingBusy';
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super('Too many passwords are waiting to be hashed');
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
