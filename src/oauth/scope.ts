import { refuse } from './errors/oauth-error.ts';
import { redactValue } from './redact.ts';

/** Every scope of the platform. There is one, without granularity. */
export const scopes = ['all'] as const;

/** Scope values that were checked, joined by a space (RFC 6749 3.3). */
export type Scope = string & { readonly __scope: true };

const everything = scopes.join(' ') as Scope;

/** A missing scope means all of them; values are compared with case; repeated ones collapse (RFC 6749 3.3). */
export function parseScope(text: string | undefined): Scope {
  if (text === undefined) return everything;
  const asked = new Set(text.split(' '));
  for (const value of asked) {
    if (!scopes.some((scope) => scope === value)) {
      refuse('unknown_scope', { text: { scope: everything }, expected: scopes, received: redactValue(text) });
    }
  }
  return [...asked].sort().join(' ') as Scope;
}

/** A scope read back from storage, where only checked ones are written. */
export function storedScope(text: string): Scope {
  return text as Scope;
}
