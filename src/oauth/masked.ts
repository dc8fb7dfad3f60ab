/** A text of a request that may hold anything, so that nothing of it that could be a secret is left. */
const masked = '…';
/** Longer parts of a path are no words any more. */
const longestPart = 40;
/** So much of a value is shown. */
const longestValue = 100;

/**
 * A redirect URI as it may be shown to the people who run the application: user info, the values of its query and its fragment are
 * masked unless they stand so in a registered one, and so are long parts of its path.
 */
export function maskUri(given: string, registered: readonly string[]): string {
  if (registered.includes(given)) return given;
  const [, beforeQuery = '', query, fragment] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(given) ?? [];
  const known = new Set(registered.flatMap((uri) => uri.split('?')[1]?.split('&') ?? []));
  const pairs = query?.split('&').map((pair) => (known.has(pair) ? pair : maskPair(pair)));
  const shown = maskPath(beforeQuery) + (pairs === undefined ? '' : `?${pairs.join('&')}`);
  const whole = `${shown}${fragment === undefined ? '' : `#${masked}`}`;
  return [...whole].slice(0, 600).join('');
}

function maskPair(pair: string): string {
  const [name = '', value] = pair.split('=', 2);
  const shownName = name.length > longestPart ? masked : name;
  return value === undefined ? shownName : `${shownName}=${masked}`;
}

function maskPath(text: string): string {
  const withoutUser = text.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, `$1${masked}@`);
  return withoutUser
    .split('/')
    .map((part) => (part.length > longestPart && !part.includes('.') ? masked : part))
    .join('/');
}

/**
 * A value of a protocol parameter as it may be shown to the developers of the application: at most 100 characters,
 * without control characters. Words that may be credentials are masked: those with our prefixes, email addresses, and
 * long texts.
 */
export function maskValue(given: string): string {
  const words = given.replace(/[^\P{C}\s]/gu, '').split(/\s+/u);
  const shown = [...words.map((word) => (mayBeCredential(word) ? masked : word)).join(' ')];
  return shown.length > longestValue ? `${shown.slice(0, longestValue).join('')}${masked}` : shown.join('');
}

function mayBeCredential(word: string): boolean {
  if (word.includes('insiders_') || word.includes('@')) return true;
  return word.split(/[:/.,]/).some((part) => part.length > longestPart);
}
