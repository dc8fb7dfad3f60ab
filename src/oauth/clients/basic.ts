import { refuse } from '../errors/oauth-error.ts';

const scheme = /^basic +([A-Za-z0-9+/]+={0,2}) *$/i;

/**
 * The Basic header (RFC 6749 2.3.1). Our identifiers and secrets are made of `[A-Za-z0-9_-]`, so a client that
 * form-encodes them, as the RFC asks, and one that does not send the same bytes; only what could not be ours is
 * decoded. Refuses with `credentials_malformed`.
 */
export function readBasic(authorization: string): { readonly clientId: string; readonly secret: string } {
  const match = scheme.exec(authorization);
  if (match?.[1] === undefined) return refuse('credentials_malformed');
  const text = Buffer.from(match[1], 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1) return refuse('credentials_malformed');
  return { clientId: formDecode(text.slice(0, colon)), secret: formDecode(text.slice(colon + 1)) };
}

function formDecode(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return refuse('credentials_malformed');
  }
}
