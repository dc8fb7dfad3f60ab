import type { ChangeRecord } from '../change-record.ts';
import type { CursorPage, CursorPaging } from '../listing.ts';

/** The one flow an application may start with (RFC 6749 1.3). `refresh_token` goes with either. */
export type InitialGrant = 'authorization_code' | 'password';

/** `stable`: a refresh token keeps working. `rotate`: each use replaces it. */
export type RefreshPolicy = 'stable' | 'rotate';

/** An AMS: another company's program, registered here. */
export interface Application {
  /** Internal and random; never leaves the platform. */
  readonly id: string;
  /** Public (RFC 6749 2.2). */
  readonly clientId: string;
  readonly name: string;
  /** The organisation that answers for it, in words. */
  readonly ownerName: string;
  readonly website: string | null;
  readonly grantType: InitialGrant;
  /** Byte for byte as registered. */
  readonly redirectUris: readonly string[];
  /** `true`: it has a secret. `false`: a public client (RFC 6749 2.1). */
  readonly confidential: boolean;
  /** `null`: the platform's default. */
  readonly accessTokenSeconds: number | null;
  readonly refreshPolicy: RefreshPolicy;
  readonly status: 'active' | 'suspended';
  /** May introspect every token, not only its own: a resource server of the platform (RFC 7662). */
  readonly resourceServer: boolean;
  /** Grows when name, owner or callbacks change; a consent given at a lower one is asked for again. */
  readonly consentEpoch: number;
  readonly createdAt: number;
  /** The one user it may act for: it is a sandbox. `null`: everybody. */
  readonly sandboxUserId: number | null;
}

/** Who and what hangs on an application at a moment. */
export interface Impact {
  /** Live authorizations. */
  readonly users: number;
  readonly byConsent: number;
  readonly byPassword: number;
  readonly lastUsedAt: number | null;
}

export interface ApplicationSecret {
  readonly id: string;
  readonly hash: string;
  readonly lastFour: string;
  readonly createdAt: number;
  /** From then on it is refused; `null`: never. */
  readonly validUntil: number | null;
}

export interface NewApplication extends Omit<Application, 'consentEpoch' | 'createdAt' | 'status'> {
  readonly secret: Omit<ApplicationSecret, 'createdAt' | 'validUntil'> | null;
  readonly now: number;
}

export type Changed = 'changed' | 'unknown';

export interface Applications {
  create(application: NewApplication & { readonly record: ChangeRecord }): Promise<Application>;
  /** One look-up for the endpoints: the application, whatever its status, and all its secrets. */
  findByClientId(
    clientId: string,
  ): Promise<{ readonly application: Application; readonly secrets: readonly ApplicationSecret[] } | undefined>;
  find(id: string): Promise<Application | undefined>;
  /** Oldest first. */
  list(): Promise<readonly Application[]>;
  /** Newest first. `text`: a part of name, owner or client id, whatever its case. */
  search(
    query: CursorPaging & { readonly text?: string; readonly status?: Application['status'] },
  ): Promise<CursorPage<Application>>;
  impact(id: string): Promise<Impact>;
  setGrantType(clientId: string, grantType: InitialGrant, record: ChangeRecord): Promise<Changed>;
  /** Suspended: it can't authenticate, and none of its tokens works, until it is resumed. */
  setStatus(clientId: string, status: Application['status'], record: ChangeRecord): Promise<Changed>;
  /** Ends every live authorization of the application, with all tokens and codes. Answers how many. */
  revokeAll(revocation: {
    readonly clientId: string;
    readonly now: number;
    readonly record: ChangeRecord;
  }): Promise<number | 'unknown'>;
  setPolicy(
    clientId: string,
    policy: {
      readonly accessTokenSeconds?: number | null;
      readonly refreshPolicy?: RefreshPolicy;
      readonly resourceServer?: boolean;
    },
    record: ChangeRecord,
  ): Promise<Changed>;
  /** Raises the consent epoch in the same act. */
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
