/** A redirect URI that equals a registered one: the only kind that anything is ever sent to. */
export type RedirectUri = string & { readonly __redirectUri: true };

/** The port of a loopback address, in the one notation that registration accepts (RFC 8252 7.3). */
const loopback = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]))(?::([0-9]{1,5}))?(\/.*)?$/;

/**
 * Compares byte for byte (RFC 9700 2.1). Only for a public client may the port of a loopback IP address differ, and
 * nothing else. Answers what was given, or `undefined` if it is not registered.
 */
export function matchRedirectUri(
  registered: readonly string[],
  given: string,
  client: { readonly confidential: boolean },
): RedirectUri | undefined {
  if (registered.includes(given)) return given as RedirectUri;
  if (client.confidential) return undefined;
  const stripped = withoutLoopbackPort(given);
  if (stripped === undefined) return undefined;
  return registered.some((uri) => withoutLoopbackPort(uri) === stripped) ? (given as RedirectUri) : undefined;
}

function withoutLoopbackPort(uri: string): string | undefined {
  const match = loopback.exec(uri);
  if (match === null || Number(match[2] ?? '80') > 65_535) return undefined;
  const path = match[3] ?? '';
  return /[#\s\\]/.test(path) ? undefined : `${match[1]}${path}`;
}

/** Appends to the query, keeps all that is there (RFC 6749 3.1.2), and leaves out what is `undefined`. */
export function appendQuery(uri: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const query = Object.entries(parameters)
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  if (!uri.includes('?')) return `${uri}?${query}`;
  return uri.endsWith('?') || uri.endsWith('&') ? `${uri}${query}` : `${uri}&${query}`;
}

/**
 * Names the destination of a redirect so that a person can check it: the host with its port, or the scheme of an app's
 * own address.
 */
export function destinationOf(uri: string): string {
  const url = new URL(uri);
  return url.host === '' ? url.protocol : url.host;
}
