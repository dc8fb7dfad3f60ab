import type { User } from './users.ts';

/** A browser that somebody logged in with. Its cookie is a random text of which only the hash is stored. */
export interface Session {
  readonly idHash: string;
  readonly userId: number;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** When the password was last asked for in this browser. */
  readonly confirmedAt: number;
}

export interface NewSession extends Omit<Session, 'confirmedAt'> {
  /** The user's, when the password was checked: if it was changed since, the session is dead from the start. */
  readonly passwordEpoch: number;
  /** The network address it was opened from, for the list that its owner sees. */
  readonly from: string;
  readonly userAgent: string;
}

export interface Sessions {
  /**
   * Opens a session and, in the same act, ends the one it replaces (`null`: none), so that an identifier never survives
   * a log-in.
   */
  open(session: NewSession, replaces: string | null): Promise<void>;
  /** The live session and its user: not expired at `now`, user not disabled, password not changed since. */
  find(idHash: string, now: number): Promise<{ readonly session: Session; readonly user: User } | undefined>;
  /** The password was asked for again, and was right. */
  confirm(idHash: string, now: number): Promise<void>;
  close(idHash: string): Promise<void>;
}
