import { refuse } from './errors/oauth-error.ts';
import { redactValue } from './redact.ts';

/** Every scope of the platform. */
export const scopes = ['all'] as const;

/** Known scope values, sorted and joined by a space (RFC 6749 3.3). */
export type Scope = string & { readonly __scope: true };

const allScopes = scopes.join(' ') as Scope;

/** Reads a `scope` parameter (RFC 6749 3.3). None means all scopes; case matters; a repeated value counts once. */
export function parseScope(text: string | undefined): Scope {
  if (text === undefined) return allScopes;
  const requested = new Set(text.split(' '));
  for (const value of requested) {
    if (!scopes.some((scope) => scope === value)) {
      refuse('unknown_scope', { text: { scope: allScopes }, expected: scopes, received: redactValue(text) });
    }
  }
  return [...requested].sort().join(' ') as Scope;
}

/** Reads a scope from storage. Only a {@link Scope} is ever stored, so it is not checked again. */
export function storedScope(text: string): Scope {
  return text as Scope;
}
