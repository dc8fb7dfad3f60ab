import type { User } from './users.ts';

/** A browser in which a user is logged in. Its cookie is a random text, of which only the hash is stored. */
export interface Session {
  readonly idHash: string;
  readonly userId: number;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** When the user last typed the password in this browser. */
  readonly confirmedAt: number;
}

export interface NewSession extends Omit<Session, 'confirmedAt'> {
  /** The user's epoch when the password was checked. If the password has changed since, the session is never valid. */
  readonly passwordEpoch: number;
  /** The network address of the login. The user sees it in the list of browsers. */
  readonly from: string;
  readonly userAgent: string;
}

export interface Sessions {
  /**
   * Adds a session, and in the same transaction deletes the one with the hash `replaces` (`null`: none), so that each
   * login gets a new identifier.
   */
  open(session: NewSession, replaces: string | null): Promise<void>;
  /**
   * Finds a session and its user. `undefined`: it is unknown or closed, it has expired at `now`, the user is disabled,
   * or the password was changed since.
   */
  find(idHash: string, now: number): Promise<{ readonly session: Session; readonly user: User } | undefined>;
  /** Sets `confirmedAt`: the user typed the right password again. */
  confirm(idHash: string, now: number): Promise<void>;
  /** Deletes a session. Does nothing if it is unknown. */
  close(idHash: string): Promise<void>;
}
