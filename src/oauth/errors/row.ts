import type { Endpoint, OAuthErrorCode } from './codes.ts';

/** Everything about one cause of an error. */
export interface ErrorRow {
  /** The code on the wire. */
  readonly error: OAuthErrorCode;
  /**
   * The `error_description`, in the character set of RFC 6749 5.2 (no quotes, no backslash). A `{name}` is replaced by
   * a value that the caller must pass: a text of ours, never one that the client sent.
   */
  readonly text: string;
  /** The text at the authorization endpoint, where a person reads it. Absent: the same one. */
  readonly textAtAuthorize?: string;
  /** Where it is defined, or follows from. */
  readonly source: `RFC ${number} ${string}`;
  /** The endpoints that return it. */
  readonly at: readonly Endpoint[];
  /** The status, if it isn't the one that its endpoint has for its code. */
  readonly status?: number;
  /** May travel to the application in a redirect (RFC 6749 4.1.2.1). */
  readonly redirect: boolean;
  /** The page that shows it to a person, as long as no redirect URI is trusted. Absent: never shown on a page. */
  readonly page?: ErrorPage;
  /** At a back channel endpoint: the client was authenticated by then, so the request is counted already. */
  readonly authenticated: boolean;
  /** What the people who run the application are shown. Absent: nothing but the cause. */
  readonly shows?: keyof ShownBy;
  /** Comes with Retry-After. */
  readonly waits?: true;
  /**
   * A part of the protocol's normal course, such as authorization_pending (RFC 8628 3.5): not logged as refused, not
   * counted as an error, and not kept among the application's refused requests.
   */
  readonly routine?: true;
}

/** The pages that tell a person at the authorization endpoint what is wrong with the application's request. */
export type ErrorPage =
  | 'unknown_application'
  | 'redirect_uri_missing'
  | 'redirect_uri_mismatch'
  | 'grant_without_callback'
  | 'malformed_request';

/** `received` is never a secret: a text of the request goes through `redact.ts`, or is only described. */
export interface ShownBy {
  readonly expected: { readonly expected: readonly string[] };
  readonly received: { readonly received: string };
  /** `received: undefined`: nothing came. */
  readonly both: { readonly expected: readonly string[]; readonly received: string | undefined };
}
