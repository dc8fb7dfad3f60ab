import { refuse } from './errors.ts';

/** The parameters of one request, decoded once. An empty value counts as absent (RFC 6749 3.1, 3.2). */
export interface Params {
  get(name: string): string | undefined;
  /** Names that came more than once, also with an empty value. */
  readonly repeated: ReadonlySet<string>;
}

/**
 * Decodes `application/x-www-form-urlencoded` text (RFC 6749 appendix B), strictly: a broken percent-encoding, bytes that are
 * not UTF-8, or a NUL character are refused as `malformed_request`.
 */
export function parseParams(text: string): Params {
  const values = new Map<string, string>();
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decode(equals === -1 ? pair : pair.slice(0, equals));
    const value = equals === -1 ? '' : decode(pair.slice(equals + 1));
    if (seen.has(name)) repeated.add(name);
    seen.add(name);
    if (value !== '') values.set(name, value);
  }
  return { get: (name) => values.get(name), repeated };
}

function decode(text: string): string {
  if (!text.includes('%') && !text.includes('+')) return rejectNul(text);
  try {
    return rejectNul(decodeURIComponent(text.replaceAll('+', ' ')));
  } catch {
    return refuse('malformed_request', 'The parameters are not valid application/x-www-form-urlencoded text in UTF-8', {
      cause: 'malformed',
    });
  }
}

function rejectNul(text: string): string {
  if (text.includes('\0')) refuse('malformed_request', 'The parameters hold a NUL character', { cause: 'malformed' });
  return text;
}

/** No parameter may come twice (RFC 6749 3.1, 3.2). */
export function refuseRepeated(params: Params): void {
  if (params.repeated.size > 0) refuse('invalid_request', 'A parameter is repeated', { cause: 'parameter_repeated' });
}

/** The value of a parameter that must be there. `name` is one of ours, so it may be shown. */
export function required(params: Params, name: string): string {
  return (
    params.get(name) ??
    refuse('invalid_request', `The parameter ${name} is missing`, { cause: 'parameter_missing' }, { expected: [name] })
  );
}
