/** A text of a request that may hold anything, so that nothing of it that could be a secret is left. */
const masked = '…';
/** Longer parts of a path are no words any more. */
const maxPartLength = 40;
/** So many words of a value are shown. */
const maxWords = 10;

/**
 * Masks a redirect URI for the application's developers: user info, the values of its query and its fragment, unless a
 * registered one has the same, and long parts of its path. Of a text without a scheme, which is no address, only the
 * length is told.
 */
export function redactUri(given: string, registered: readonly string[]): string {
  if (registered.includes(given)) return given;
  // What is no address at all may be anything.
  if (!/^[a-z][a-z0-9+.-]*:\//i.test(given)) return `${lengthOf(given)}, without a scheme such as https://`;
  const [, beforeQuery = '', query, fragment] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(given) ?? [];
  const known = new Set(registered.flatMap((uri) => uri.split('?')[1]?.split('&') ?? []));
  const pairs = query?.split('&').map((pair) => (known.has(pair) ? pair : maskPair(pair)));
  const shown = maskPath(beforeQuery) + (pairs === undefined ? '' : `?${pairs.join('&')}`);
  const whole = `${shown}${fragment === undefined ? '' : `#${masked}`}`;
  return [...whole].slice(0, 600).join('');
}

function maskPair(pair: string): string {
  const [name = '', value] = pair.split('=', 2);
  const shownName = name.length > maxPartLength ? masked : name;
  return value === undefined ? shownName : `${shownName}=${masked}`;
}

function maskPath(text: string): string {
  const withoutUser = text.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, `$1${masked}@`);
  return withoutUser
    .split('/')
    .map((part) => (part.length > maxPartLength && !part.includes('.') ? masked : part))
    .join('/');
}

/**
 * Words that developers send where the protocol has a closed list: parameters, grant types, response types and modes,
 * prompts, challenge methods, and scopes that are usual elsewhere. They are public, so none of them is anybody's
 * secret.
 */
const publicWords: ReadonlySet<string> = new Set(
  [
    'client_id client_secret redirect_uri response_type response_mode grant_type code code_verifier code_challenge',
    'code_challenge_method refresh_token access_token id_token token scope state nonce prompt username password',
    'authorization_code client_credentials implicit device_code urn:ietf:params:oauth:grant-type:device_code',
    'urn:ietf:params:oauth:grant-type:token-exchange urn:ietf:params:oauth:grant-type:jwt-bearer query fragment form_post',
    'none login consent select_account create plain s256 sha256 request request_uri claims audience resource token_type_hint',
    'all openid profile email address phone offline offline_access read write user users admin api basic default public *',
    'account device devices read:devices write:devices devices:read devices:write devices.read devices.write',
  ]
    .join(' ')
    .split(' '),
);

/**
 * A value of a protocol parameter as it may be shown to the developers of the application. Only words of a closed list
 * are shown: any other may be a password or a token in the wrong place, so just its length is told. At most ten words.
 */
export function redactValue(given: string): string {
  const words = given.split(/\s+/u).filter((word) => word !== '');
  const shown = words.slice(0, maxWords).map((word) => (isPublic(word) ? word : `(${lengthOf(word)})`));
  return [...shown, ...(words.length > maxWords ? [masked] : [])].join(' ');
}

/** Upper case and hyphens are usual mistakes, and tell nothing more. */
function isPublic(word: string): boolean {
  return publicWords.has(word) || publicWords.has(word.toLowerCase().replaceAll('-', '_'));
}

/** The length of a text that is not shown: `1 character`, `58 characters`. */
export function lengthOf(text: string): string {
  const { length } = [...text];
  return `${length} ${length === 1 ? 'character' : 'characters'}`;
}
