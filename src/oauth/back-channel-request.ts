/** A request to the token, revocation or introspection endpoint, as HTTP passes it on. */
export interface BackChannelRequest {
  /** The body, undecoded `application/x-www-form-urlencoded`. */
  readonly body: string;
  /** The Authorization header, if there was one. */
  readonly authorization: string | undefined;
  /** The network address of the client. */
  readonly from: string;
  /** The network of that address, under which failures are counted: an IPv6 customer has many addresses. */
  readonly network: string;
}
