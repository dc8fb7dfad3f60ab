import type { NewFamily, RevocationCause } from './families.ts';

/** An authorization code (RFC 6749 4.1.2), as far as it is stored. */
export interface Code {
  /** What it is found by: its digest, after its time. */
  readonly hash: string;
  readonly authorizationId: string;
  readonly applicationId: string;
  readonly userId: number;
  readonly redirectUri: string;
  readonly scope: string;
  /** S256 challenge (RFC 7636), or `null` when the request sent none. */
  readonly codeChallenge: string | null;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** A code as it is found at the token endpoint. */
export interface FoundCode extends Code {
  /** The family it was redeemed for; `null` while it is unused. */
  readonly familyId: string | null;
  readonly redeemedAt: number | null;
  /** Refused once for a wrong verifier or redirect URI; never good again. */
  readonly invalidatedAt: number | null;
  /** `null`: authorization and user are active. */
  readonly endedBy: RevocationCause | null;
}

export interface Codes {
  find(hash: string): Promise<FoundCode | undefined>;
  /**
   * Redeems the code for a token family, in one transaction: exactly one caller gets `won`. Everybody else gets `lost`,
   * as does everybody after the code expired or was burned, or its authorization or user ended, and nothing is written.
   */
  redeem(code: Pick<Code, 'hash' | 'authorizationId'>, family: NewFamily): Promise<'won' | 'lost'>;
  /** Makes an unused code useless. Of no effect on a used one. */
  invalidate(hash: string, now: number): Promise<void>;
}
