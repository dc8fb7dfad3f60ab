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
  /** Local pages only: until client and redirect URI are known to be right, nothing is redirected (RFC 6749 4.1.2.1). */
  unknown_application: { error: 'invalid_client', status: 400, redirect: false, source: 'RFC 6749 4.1.2.1' },
  redirect_uri_missing: { error: 'invalid_request', status: 400, redirect: false, source: 'RFC 6749 3.1.2.3' },
  redirect_uri_mismatch: { error: 'invalid_request', status: 400, redirect: false, source: 'RFC 6749 3.1.2.4' },
  malformed_request: { error: 'invalid_request', status: 400, redirect: false, source: 'RFC 6749 3.1' },
} as const;

export type RefusalReason = keyof typeof refusals;

/** What the operator's log gets beside the refusal; never a secret, token, code or password. */
export type LogDetail = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** A request that is refused: `description` is for the client's developer, `detail` for the operator's log only. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly reason: RefusalReason;
  readonly description: string;
  readonly detail: LogDetail;

  constructor(reason: RefusalReason, description: string, detail: LogDetail = {}) {
    super(`${reason}: ${description}`);
    this.reason = reason;
    this.description = description;
    this.detail = detail;
  }

  get row(): (typeof refusals)[RefusalReason] {
    return refusals[this.reason];
  }
}

/**
 * Ends a rule. `description` is fixed text of ours, in the character set of RFC 6749 5.2 (no quotes, no backslash), and
 * never echoes what the client sent.
 */
export function refuse(reason: RefusalReason, description: string, detail: LogDetail = {}): never {
  throw new Refusal(reason, description, detail);
}
