import type { RecordFailedAttempt } from '../ports/audit.ts';
import type { ChangeRecord } from '../ports/change-record.ts';
import type { Clock } from '../ports/clock.ts';
import type { Keys } from '../ports/keys.ts';
import type { Random } from '../ports/random.ts';
import type { Codes, FamilyUse, Store } from '../ports/store/index.ts';

/** The protocol's settings. Durations are in seconds, as on the wire. */
interface OauthSettings {
  /** The issuer (RFC 8414 2): the public origin, without a trailing slash. */
  readonly issuer: string;
  readonly accessTokenSeconds: number;
  /** The longest lifetime that an access token can have, by the setting or by the policy of an application. */
  readonly maxAccessTokenSeconds: number;
  readonly codeSeconds: number;
  /** How long a rotated refresh token still gets its successor: the grace period for retries and parallel workers. */
  readonly rotationOverlapSeconds: number;
}

/** The result of the one password check, which the login page and the password grant share. */
export type PasswordResult =
  | { readonly outcome: 'signed_in'; readonly user: { readonly id: number; readonly passwordEpoch: number } }
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'throttled'; readonly retryAfterSeconds: number }
  | { readonly outcome: 'busy'; readonly retryAfterSeconds: number };

/** Checks a password, subject to the throttle for logins. */
type AuthenticateUser = (attempt: {
  readonly email: string;
  readonly password: string;
  /** The network address of the client. */
  readonly from: string;
  /** Accepts this user only: the test user of a sandbox. `null`: accepts any user. */
  readonly onlyUserId: number | null;
}) => Promise<PasswordResult>;

/** One successful client authentication. */
interface ClientUse {
  readonly applicationId: string;
  /** `null`: the application is public and has no secret. */
  readonly secretId: string | null;
  readonly usedAt: number;
}

/** A code that a client redeems for tokens. */
export type RedeemableCode = Parameters<Codes['redeem']>[0];

/** The aggregates of the store that hold such codes: all that have the method `redeem`. */
export type Redeemable = {
  [Name in keyof Store]: Store[Name] extends Pick<Codes, 'redeem'> ? Name : never;
}[keyof Store];

/** The dependencies of the protocol: storage, time, randomness and keys reach it only from here. */
export interface OauthContext {
  readonly store: Pick<Store, 'applications' | 'authorizations' | 'families' | 'throttles' | Redeemable>;
  readonly clock: Clock;
  readonly random: Random;
  readonly keys: Keys;
  readonly settings: OauthSettings;
  readonly authenticate: AuthenticateUser;
  /** Records that a family was used. A job writes the records in batches, so no response waits for it. */
  readonly recordFamilyUse: (use: FamilyUse) => void;
  /** Records that an application authenticated. A job writes the records in batches, so no response waits for it. */
  readonly recordClientUse: (use: ClientUse) => void;
  /** Creates the audit entry and the mails for an authorization that is revoked because of refresh token reuse. */
  readonly replayRecord: (replay: {
    readonly authorizationId: string;
    readonly userId: number;
    readonly applicationId: string;
  }) => Promise<ChangeRecord>;
  readonly recordFailedAttempt: RecordFailedAttempt;
}
