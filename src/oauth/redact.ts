/** Stands for text of the request that may contain a secret. */
const masked = '…';
/** Longer path segments and parameter names are masked: they may be tokens. In characters. */
const maxPartLength = 40;
/** Words of a value that are shown; the rest is masked. */
const maxWords = 10;
/** Characters of a redirect URI that are shown. */
const maxUriLength = 600;

/**
 * Masks a redirect URI, so that it can be shown to the application's developers: user info, fragment, long path
 * segments, and each query value that no `registered` URI has. A registered URI is returned as it is. Of text without
 * a scheme, which may be anything, returns the length.
 */
export function redactUri(sent: string, registered: readonly string[]): string {
  if (registered.includes(sent)) return sent;
  if (!/^[a-z][a-z0-9+.-]*:\//i.test(sent)) return `${lengthOf(sent)}, without a scheme such as https://`;
  const [, beforeQuery = '', query, fragment] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(sent) ?? [];
  const known = new Set(registered.flatMap((uri) => uri.split('?')[1]?.split('&') ?? []));
  const pairs = query?.split('&').map((pair) => (known.has(pair) ? pair : maskPair(pair)));
  const shown = maskPath(beforeQuery) + (pairs === undefined ? '' : `?${pairs.join('&')}`);
  const whole = `${shown}${fragment === undefined ? '' : `#${masked}`}`;
  return [...whole].slice(0, maxUriLength).join('');
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
 * prompts, challenge methods, and scopes that are common elsewhere. They are public knowledge, so none is a secret.
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
 * Masks the value of a protocol parameter, so that it can be shown to the application's developers. Shows only words of
 * a closed list. Any other word may be a password or a token in the wrong parameter, so its length replaces it.
 */
export function redactValue(sent: string): string {
  const words = sent.split(/\s+/u).filter((word) => word !== '');
  const shown = words.slice(0, maxWords).map((word) => (isPublic(word) ? word : `(${lengthOf(word)})`));
  return [...shown, ...(words.length > maxWords ? [masked] : [])].join(' ');
}

/** Ignores case and takes a hyphen for an underscore, both common mistakes. */
function isPublic(word: string): boolean {
  return publicWords.has(word) || publicWords.has(word.toLowerCase().replaceAll('-', '_'));
}

/** The length of text that is not shown, in code points: `1 character`, `58 characters`. */
export function lengthOf(text: string): string {
  const { length } = [...text];
  return `${length} ${length === 1 ? 'character' : 'characters'}`;
}
