import type { Ending } from '../ports/store/index.ts';

/**
 * Every refusal of the OAuth endpoints: the error code on the wire, its status, where it is defined, and whether it may
 * travel to the application in a redirect. Metadata, documentation and tests are derived from this table.
 */
export const refusals = {
  invalid_request: { error: 'invalid_request', status: 400, redirect: true, source: 'RFC 6749 5.2' },
  invalid_client: { error: 'invalid_client', status: 401, redirect: false, source: 'RFC 6749 5.2' },
  invalid_grant: { error: 'invalid_grant', status: 400, redirect: false, source: 'RFC 6749 5.2' },
  unauthorized_client: { error: 'unauthorized_client', status: 400, redirect: true, source: 'RFC 6749 5.2' },
  unsupported_grant_type: { error: 'unsupported_grant_type', status: 400, redirect: false, source: 'RFC 6749 5.2' },
  invalid_scope: { error: 'invalid_scope', status: 400, redirect: true, source: 'RFC 6749 5.2' },
  unsupported_response_type: {
    error: 'unsupported_response_type',
    status: 400,
    redirect: true,
    source: 'RFC 6749 4.1.2.1',
  },
  access_denied: { error: 'access_denied', status: 403, redirect: true, source: 'RFC 6749 4.1.2.1' },
  server_error: { error: 'server_error', status: 500, redirect: true, source: 'RFC 6749 4.1.2.1' },
  temporarily_unavailable: {
    error: 'temporarily_unavailable',
    status: 503,
    redirect: true,
    source: 'RFC 6749 4.1.2.1',
  },
  /** Too many log-ins; the wire has no code of its own for it (RFC 6585 4 has the status). */
  throttled: { error: 'temporarily_unavailable', status: 429, redirect: false, source: 'RFC 6585 4' },
  /**
   * Local pages only: until client and redirect URI are known to be right, nothing is redirected (RFC 6749 4.1.2.1).
   */
  unknown_application: { error: 'invalid_client', status: 400, redirect: false, source: 'RFC 6749 4.1.2.1' },
  redirect_uri_missing: { error: 'invalid_request', status: 400, redirect: false, source: 'RFC 6749 3.1.2.3' },
  redirect_uri_mismatch: { error: 'invalid_request', status: 400, redirect: false, source: 'RFC 6749 3.1.2.4' },
  /** No callback to tell it to: an application with another grant type needs none. */
  grant_without_callback: { error: 'unauthorized_client', status: 400, redirect: false, source: 'RFC 6749 4.1.2.1' },
  malformed_request: { error: 'invalid_request', status: 400, redirect: false, source: 'RFC 6749 3.1' },
} as const;

export type RefusalReason = keyof typeof refusals;

/** The cause of a refusal that the response must not reveal: for the log, and for the application's developers. */
export type Cause = EndingCause | OtherCause;

/** The code or the refresh token was active, and no longer is. */
type EndingCause = `${'code' | 'refresh'}_${Ending}`;

export type OtherCause =
  | 'parameter_repeated'
  | 'parameter_missing'
  | 'malformed'
  | 'credentials_missing'
  | 'credentials_malformed'
  | 'credentials_twice'
  | 'credentials_differ'
  | 'unknown_client'
  | 'client_id_space'
  | 'wrong_secret'
  | 'secret_missing'
  | 'secret_unexpected'
  | 'secret_space'
  | 'secret_retired'
  | 'suspended'
  | 'introspection_without_secret'
  | 'unknown_grant_type'
  | 'other_grant_type'
  | 'response_type'
  | 'response_mode'
  | 'request_object'
  | 'prompt'
  | 'unknown_scope'
  | 'scope_exceeds'
  | 'challenge_missing'
  | 'challenge_method'
  | 'challenge_malformed'
  | 'code_unknown'
  | 'code_burned'
  | 'code_expired'
  | 'code_replayed'
  | 'redirect_uri_differs'
  | 'verifier_missing'
  | 'verifier_malformed'
  | 'verifier_without_challenge'
  | 'verifier_as_challenge'
  | 'verifier_wrong'
  | 'refresh_unknown'
  | 'refresh_evicted'
  | 'refresh_replaced_twice'
  | 'refresh_replayed'
  | 'lost_every_race'
  | 'wrong_password'
  | 'ended_since'
  | 'too_many_log_ins'
  | 'busy'
  | 'redirect_uri_missing'
  | 'redirect_uri_mismatch'
  | 'user_denied';

/** What the operator's log gets beside the refusal; never a secret, token, code or password. */
export type LogDetail = Readonly<Record<string, string | number | boolean | null | undefined>> & {
  readonly cause?: Cause;
};

/**
 * What the people who run the application are shown. `received` is never a secret: a text of the request goes through
 * `masked.ts`, or is only described.
 */
export interface Shown {
  readonly expected?: readonly string[];
  readonly received?: string;
}

/** A request that is refused: `description` is for the client's developer, `detail` for the operator's log only. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly reason: RefusalReason;
  readonly description: string;
  readonly detail: LogDetail;
  readonly shown: Shown;
  /** Whose request it was, once that is known. */
  applicationId: string | undefined;

  constructor(reason: RefusalReason, description: string, detail: LogDetail = {}, shown: Shown = {}) {
    super(`${reason}: ${description}`);
    this.reason = reason;
    this.description = description;
    this.detail = detail;
    this.shown = shown;
  }

  get row(): (typeof refusals)[RefusalReason] {
    return refusals[this.reason];
  }
}

/**
 * Ends a rule. `description` is fixed text of ours, in the character set of RFC 6749 5.2 (no quotes, no backslash), and
 * never echoes what the client sent.
 */
export function refuse(reason: RefusalReason, description: string, detail: LogDetail = {}, shown: Shown = {}): never {
  throw new Refusal(reason, description, detail, shown);
}

/** Names the one grant type of an application, for a client that used another. */
export function grantTypeText({ grantType }: { readonly grantType: string }): string {
  return `The grant type of this application is ${grantType}`;
}

/** Runs what may refuse, and says of a refusal whose request it was. */
export async function attributed<Result>(applicationId: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof Refusal) thrown.applicationId = applicationId;
    throw thrown;
  }
}
