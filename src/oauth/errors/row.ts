import type { Endpoint } from './endpoints.ts';

/** One cause of an error. `index.ts` derives the codes on the wire from the rows. */
export interface ErrorRow<Code extends string = string> {
  /** The code on the wire. */
  readonly error: Code;
  /**
   * The `error_description`, in the character set of RFC 6749 5.2 (no quotes, no backslash). A `{name}` is replaced by
   * a value that the caller passes, which must not come from the request.
   */
  readonly text: string;
  /** The text at the authorization endpoint, where users read it. Absent: `text`. */
  readonly textAtAuthorize?: string;
  /** The section that defines the error, or that it follows from. */
  readonly source: `RFC ${number} ${string}`;
  /** The endpoints that return it. */
  readonly at: readonly Endpoint[];
  /** The HTTP status, if it differs from that of the endpoint for the code. */
  readonly status?: number;
  /** May be redirected to the application (RFC 6749 4.1.2.1). */
  readonly redirect: boolean;
  /** The page that shows it to the user while no redirect URI is trusted. Absent: never shown on a page. */
  readonly page?: ErrorPage;
  /** At a back channel endpoint: the client is authenticated by then, so its request has been counted already. */
  readonly authenticated: boolean;
  /** What the application's developers are shown beside the cause. Absent: nothing. */
  readonly shows?: keyof ShownBy;
  /** The response has a Retry-After header. */
  readonly waits?: true;
  /**
   * Expected in the normal course of the protocol, such as authorization_pending (RFC 8628 3.5): not logged as refused,
   * not counted as an error, and not stored among the application's refused requests.
   */
  readonly routine?: true;
}

/** The pages that show users an error of the application's authorization request. */
export type ErrorPage =
  | 'unknown_application'
  | 'redirect_uri_missing'
  | 'redirect_uri_mismatch'
  | 'redirect_uri_ambiguous'
  | 'grant_without_callback'
  | 'malformed_request';

/** `received` never contains a secret: text of the request is masked by `redact.ts`, or described. */
export interface ShownBy {
  readonly expected: { readonly expected: readonly string[] };
  readonly received: { readonly received: string };
  /** `received: undefined`: nothing was sent. */
  readonly both: { readonly expected: readonly string[]; readonly received: string | undefined };
}
