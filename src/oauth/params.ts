import { refuse } from './errors/oauth-error.ts';
import { redactValue } from './redact.ts';

/** The parameters of one request, decoded once. An empty value counts as absent (RFC 6749 3.1, 3.2). */
export interface Params {
  get(name: string): string | undefined;
  /** Names that were sent more than once, even if with an empty value. */
  readonly repeated: ReadonlySet<string>;
}

/** More parameters than any form of the site has, and few enough to decode without delaying other requests. */
export const maxParameters = 1000;

/**
 * Decodes `application/x-www-form-urlencoded` text (RFC 6749 appendix B). Refuses a broken percent-encoding, bytes that
 * are not UTF-8, a NUL character, and more than {@link maxParameters} parameters.
 * @throws {OAuthError} `invalid_request`
 */
export function parseParams(text: string): Params {
  const params = new Collected();
  for (const [name, value] of pairsOf(text)) params.add(decode(name), decode(value));
  return params;
}

/**
 * Does the same as {@link parseParams} for megabytes of text: decodes long values in steps and awaits `pause` after
 * each, so that other requests are served meanwhile.
 * @throws {OAuthError} `invalid_request`
 */
export async function parseLongParams(text: string, pause: () => Promise<unknown>): Promise<Params> {
  const params = new Collected();
  for (const [name, value] of pairsOf(text)) {
    params.add(await decodeInSteps(name, pause), await decodeInSteps(value, pause));
  }
  return params;
}

class Collected implements Params {
  readonly repeated = new Set<string>();
  readonly #seen = new Set<string>();
  readonly #values = new Map<string, string>();

  get(name: string): string | undefined {
    return this.#values.get(name);
  }

  add(name: string, value: string): void {
    if (this.#seen.has(name)) this.repeated.add(name);
    this.#seen.add(name);
    if (value !== '') this.#values.set(name, value);
  }
}

/** Splits text into undecoded names and values. The limit of `split` bounds the cost of text that is all separators. */
function pairsOf(text: string): readonly (readonly [name: string, value: string])[] {
  const pairs = text.split('&', maxParameters + 1);
  if (pairs.length > maxParameters) refuse('too_many_parameters');
  return pairs.filter((pair) => pair !== '').map(nameAndValue);
}

function nameAndValue(pair: string): readonly [name: string, value: string] {
  const equals = pair.indexOf('=');
  return equals === -1 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
}

/** Decodes a name or a value. Refuses one that is not form-encoded UTF-8 (`malformed`), and a NUL character. */
function decode(text: string): string {
  const decoded = text.includes('%') || text.includes('+') ? formDecode(text) : text;
  if (decoded === undefined) return refuse('malformed');
  return decoded.includes('\0') ? refuse('nul_character') : decoded;
}

/**
 * Decodes `+` and percent-encoded UTF-8 (RFC 6749 appendix B). `undefined`: the encoding is broken, or not of UTF-8.
 */
export function formDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

/** Characters that are decoded in one step, which takes about a millisecond. */
const stepLength = 64 * 1024;

async function decodeInSteps(text: string, pause: () => Promise<unknown>): Promise<string> {
  if (text.length <= stepLength) return decode(text);
  const parts: string[] = [];
  for (let from = 0; from < text.length; ) {
    const end = endOfStep(text, from + stepLength);
    parts.push(decode(text.slice(from, end)));
    from = end;
    await pause();
  }
  return parts.join('');
}

/**
 * The end of a step: at `position` or up to eleven characters before it, never inside `%XX`, nor between the bytes of
 * one character (RFC 3629 3).
 */
function endOfStep(text: string, position: number): number {
  if (position >= text.length) return text.length;
  const percent = text.lastIndexOf('%', position - 1);
  let end = percent > position - 3 ? percent : position;
  for (let bytes = 0; bytes < 3 && /^%[89AB]/i.test(text.slice(end, end + 2)); bytes += 1) end -= 3;
  return end;
}

/** The parameters of our endpoints. The error names them if they are repeated: their names can't be secrets. */
const ownParameters: ReadonlySet<string> = new Set([
  'client_id',
  'client_secret',
  'code',
  'code_challenge',
  'code_challenge_method',
  'code_verifier',
  'grant_type',
  'password',
  'prompt',
  'redirect_uri',
  'refresh_token',
  'request',
  'request_uri',
  'response_mode',
  'response_type',
  'scope',
  'state',
  'token',
  'token_type_hint',
  'username',
]);

/** Refuses a request with a repeated parameter (RFC 6749 3.1, 3.2). The error names one that our endpoints have. */
export function refuseRepeated(params: Params): void {
  if (params.repeated.size === 0) return;
  const known = [...params.repeated].find((name) => ownParameters.has(name));
  const parameter = known === undefined ? 'a parameter' : `the parameter ${known}`;
  refuse('parameter_repeated', { text: { parameter }, received: redactValue([...params.repeated].join(' ')) });
}

/**
 * The value of a parameter that must be sent. `name` is put into the error, so it must not come from the request.
 * @throws {OAuthError} `parameter_missing`
 */
export function required(params: Params, name: string): string {
  return params.get(name) ?? refuse('parameter_missing', { text: { name }, expected: [name] });
}
