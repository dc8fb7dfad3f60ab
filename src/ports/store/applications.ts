import type { ChangeRecord } from '../change-record.ts';
import type { CursorPage, CursorPaging } from '../listing.ts';

/** The one grant type that starts a flow of the application (RFC 6749 1.3). `refresh_token` works with either. */
export type InitialGrant = 'authorization_code' | 'password';

/** `stable`: a refresh token stays valid when it is used. `rotate`: each use replaces it. */
export type RefreshPolicy = 'stable' | 'rotate';

/** An AMS: a program of another organisation, registered as an OAuth client. */
export interface Application {
  /** Internal and random. API responses and tokens do not contain it. */
  readonly id: string;
  /** The public `client_id` (RFC 6749 2.2). */
  readonly clientId: string;
  readonly name: string;
  /** The name of the organisation that is responsible for it. */
  readonly ownerName: string;
  readonly website: string | null;
  readonly grantType: InitialGrant;
  /** Byte for byte as registered. */
  readonly redirectUris: readonly string[];
  /** `true`: a confidential client, which has secrets. `false`: a public client (RFC 6749 2.1). */
  readonly confidential: boolean;
  /** The lifetime of its access tokens, in seconds; `null`: the default of the platform. */
  readonly accessTokenSeconds: number | null;
  readonly refreshPolicy: RefreshPolicy;
  readonly status: 'active' | 'suspended';
  /** Whether it may introspect the tokens of other applications: a resource server of the platform (RFC 7662). */
  readonly resourceServer: boolean;
  /** Grows when the name, the owner or the callbacks change. A consent with a lower epoch is asked for again. */
  readonly consentEpoch: number;
  readonly createdAt: number;
  /** Set for a sandbox: the ID of the one user who can authorize it. `null`: every user can. */
  readonly sandboxUserId: number | null;
}

/** How many users a change of an application affects. */
export interface Impact {
  /** Users with an active authorization: `byConsent` + `byPassword`. */
  readonly users: number;
  readonly byConsent: number;
  readonly byPassword: number;
  /** When one of these authorizations was last used; `null`: never. */
  readonly lastUsedAt: number | null;
}

export interface ApplicationSecret {
  readonly id: string;
  readonly hash: string;
  /** The last four characters of the secret, to recognise it by. */
  readonly lastFour: string;
  readonly createdAt: number;
  /** The secret is invalid from this time on; `null`: no end is set. */
  readonly validUntil: number | null;
}

export interface NewApplication extends Omit<Application, 'consentEpoch' | 'createdAt' | 'status'> {
  /** The first client secret; `null`: none. */
  readonly secret: Omit<ApplicationSecret, 'createdAt' | 'validUntil'> | null;
  readonly now: number;
}

/** `unknown`: no application has this client ID, and nothing was written. */
export type Changed = 'changed' | 'unknown';

export interface Applications {
  /**
   * Creates an active application with its first secret and the audit entry.
   * @throws {Error} an application with this `id` or `clientId` exists
   */
  create(application: NewApplication & { readonly record: ChangeRecord }): Promise<Application>;
  /**
   * Finds an application of any status, with all its secrets, the invalid ones included. The endpoints need only this
   * one look-up to authenticate a client.
   */
  findByClientId(
    clientId: string,
  ): Promise<{ readonly application: Application; readonly secrets: readonly ApplicationSecret[] } | undefined>;
  find(id: string): Promise<Application | undefined>;
  /** Lists all applications, oldest first. */
  list(): Promise<readonly Application[]>;
  /** Lists applications, newest first. `text`: a part of the name, owner or client ID; case does not matter. */
  search(
    query: CursorPaging & { readonly text?: string; readonly status?: Application['status'] },
  ): Promise<CursorPage<Application>>;
  /** Counts the active authorizations. An unknown application has none. */
  impact(id: string): Promise<Impact>;
  setGrantType(clientId: string, grantType: InitialGrant, record: ChangeRecord): Promise<Changed>;
  /** A suspended application can't authenticate, and its tokens are invalid until it is active again. */
  setStatus(clientId: string, status: Application['status'], record: ChangeRecord): Promise<Changed>;
  /**
   * Revokes all active authorizations of the application, with their families, tokens and codes. Returns how many
   * authorizations it revoked. `unknown`: no application has this client ID.
   */
  revokeAll(revocation: {
    readonly clientId: string;
    readonly now: number;
    readonly record: ChangeRecord;
  }): Promise<number | 'unknown'>;
  /** Changes the members of `policy` that are present. */
  setPolicy(
    clientId: string,
    policy: {
      readonly accessTokenSeconds?: number | null;
      readonly refreshPolicy?: RefreshPolicy;
      readonly resourceServer?: boolean;
    },
    record: ChangeRecord,
  ): Promise<Changed>;
  /** Changes the members of `identity` that are present, and raises the consent epoch in the same transaction. */
  setIdentity(
    clientId: string,
    identity: {
      readonly name?: string;
      readonly ownerName?: string;
      readonly website?: string | null;
      readonly redirectUris?: readonly string[];
    },
    record: ChangeRecord,
  ): Promise<Changed>;
}
