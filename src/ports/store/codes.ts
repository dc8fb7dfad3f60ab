import type { NewFamily, RevocationCause } from './families.ts';

/** An authorization code (RFC 6749 4.1.2). The code itself is not stored. */
export interface Code {
  /** The key in the database, as `codeKey` computes it: the time of the code, then its hash. */
  readonly hash: string;
  readonly authorizationId: string;
  readonly applicationId: string;
  readonly userId: number;
  readonly redirectUri: string;
  readonly scope: string;
  /** The S256 challenge (RFC 7636); `null`: the request sent none. */
  readonly codeChallenge: string | null;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** A stored code and its state. */
export interface FoundCode extends Code {
  /** The family it was redeemed for; `null`: it is unused. */
  readonly familyId: string | null;
  readonly redeemedAt: number | null;
  /** When it was invalidated: after a wrong verifier or redirect URI, or with a password; `null`: never. */
  readonly invalidatedAt: number | null;
  /** Whether the grant type of its application was switched after it was issued. Such a code stays invalid. */
  readonly precedesGrantType: boolean;
  /** Why its authorization or user is not active; `null`: both are. */
  readonly revocationCause: RevocationCause | null;
}

export interface Codes {
  /** Finds a code in any state; `undefined`: unknown, or already purged. */
  find(hash: string): Promise<FoundCode | undefined>;
  /**
   * Redeems a code for a new token family, in one transaction. Exactly one caller gets `won`. `lost`: the code was
   * redeemed or invalidated before, or has expired; its authorization is revoked or its user disabled; or the
   * application is suspended, has another grant type, or was switched since. Then nothing is written.
   */
  redeem(code: Pick<Code, 'hash' | 'authorizationId'>, family: NewFamily): Promise<'won' | 'lost'>;
  /** Makes an unused code invalid. Does nothing to a code that was redeemed or invalidated before. */
  invalidate(hash: string, now: number): Promise<void>;
}
