import type { RecordFailedAttempt } from '../ports/audit.ts';
import type { ChangeRecord } from '../ports/change-record.ts';
import type { Clock } from '../ports/clock.ts';
import type { Keys } from '../ports/keys.ts';
import type { Random } from '../ports/random.ts';
import type { FamilyUse, Store } from '../ports/store/index.ts';

/** The settings that the protocol reads. Durations are seconds, as on the wire. */
interface OauthSettings {
  /** The issuer (RFC 8414 2): the public origin, without a trailing slash. */
  readonly issuer: string;
  readonly accessTokenSeconds: number;
  readonly codeSeconds: number;
  /** How long a rotated refresh token stays good. */
  readonly rotationOverlapSeconds: number;
}

/** Who the password grant found behind a user name. Made by the one check of passwords. */
export type PasswordResult =
  | { readonly outcome: 'signed_in'; readonly user: { readonly id: number; readonly passwordEpoch: number } }
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'throttled'; readonly retryAfterSeconds: number }
  | { readonly outcome: 'busy'; readonly retryAfterSeconds: number };

type PasswordDoor = (attempt: {
  readonly email: string;
  readonly password: string;
  /** The network address that the attempt came from. */
  readonly from: string;
  /** The test user of the sandbox that asks; `null`: anybody may log in. */
  readonly onlyUserId: number | null;
}) => Promise<PasswordResult>;

/** An application proved who it is. */
interface ClientUse {
  readonly applicationId: string;
  readonly secretId: string | null;
  readonly usedAt: number;
}

/** What the protocol is given. It has no other way to the world. */
export interface OauthContext {
  readonly store: Pick<Store, 'applications' | 'authorizations' | 'codes' | 'families'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly keys: Keys;
  readonly settings: OauthSettings;
  readonly authenticate: PasswordDoor;
  /** Notes that a family was used; written later and together, never in the way of an answer. */
  readonly recordFamilyUse: (use: FamilyUse) => void;
  /**
   * Notes that an application authenticated, and with which secret (`null`: it has none); written later, in batches.
   */
  readonly recordClientUse: (use: ClientUse) => void;
  /** What is kept with the end of an authorization whose replaced refresh token came again. */
  readonly replayRecord: (replay: {
    readonly authorizationId: string;
    readonly userId: number;
    readonly applicationId: string;
  }) => Promise<ChangeRecord>;
  readonly recordFailedAttempt: RecordFailedAttempt;
}
