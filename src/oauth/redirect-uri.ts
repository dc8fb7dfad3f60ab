/** A redirect URI that matches a registered one. Nothing is ever sent to any other. Only this file creates one. */
export type RedirectUri = string & { readonly __redirectUri: true };

/** A redirect URI on a loopback IP address, in the notation that registration accepts (RFC 8252 7.3). */
const loopback = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]))(?::([0-9]{1,5}))?(\/.*)?$/;

/**
 * Compares a redirect URI byte for byte with the registered ones (RFC 9700 2.1). For a public client the port of a
 * loopback IP address may differ. Returns the URI as it was sent; `undefined`: it is not registered.
 */
export function matchRedirectUri(
  registered: readonly string[],
  sent: string,
  client: { readonly confidential: boolean },
): RedirectUri | undefined {
  if (registered.includes(sent)) return sent as RedirectUri;
  if (client.confidential) return undefined;
  const stripped = withoutLoopbackPort(sent);
  if (stripped === undefined) return undefined;
  return registered.some((uri) => withoutLoopbackPort(uri) === stripped) ? (sent as RedirectUri) : undefined;
}

/** The URI without its port; `undefined`: it is not on a loopback IP address, or not well-formed. */
function withoutLoopbackPort(uri: string): string | undefined {
  const match = loopback.exec(uri);
  if (match === null || Number(match[2] ?? '80') > 65_535) return undefined;
  const path = match[3] ?? '';
  return /[#\s\\]/.test(path) ? undefined : `${match[1]}${path}`;
}

/** Appends parameters to the query, which it keeps as it is (RFC 6749 3.1.2). Omits those that are `undefined`. */
export function appendQuery(uri: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const query = Object.entries(parameters)
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  if (!uri.includes('?')) return `${uri}?${query}`;
  return uri.endsWith('?') || uri.endsWith('&') ? `${uri}${query}` : `${uri}&${query}`;
}

/** The destination of a redirect, as users read it: the host with its port, or the private scheme of an app. */
export function destinationOf(uri: string): string {
  const url = new URL(uri);
  return url.host === '' ? url.protocol : url.host;
}
