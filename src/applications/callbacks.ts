/** Why a callback can't be registered. */
export interface CallbackProblem {
  readonly code:
    | 'missing'
    | 'too_many'
    | 'too_long'
    | 'repeated'
    | 'not_absolute'
    | 'forbidden_character'
    | 'fragment'
    | 'user_info'
    | 'host'
    | 'wildcard'
    | 'dot_segment'
    | 'response_parameter'
    | 'http'
    | 'scheme';
  /** Tells the developer what to enter instead. */
  readonly message: string;
}

/** Callbacks of one application. */
export const maxCallbacks = 20;
const maxCharacters = 2000;
/** The characters of a URI (RFC 3986 2): visible ASCII without `"`, `<`, `>`, `\`, `^`, `` ` ``, `{`, `|` and `}`. */
const uriCharacters = /^[!#-;=?-Z_a-z~[\]@%]+$/;
/**
 * A host: labels with single dots between them, or an IPv6 address in brackets. The URL parser allows more, but the
 * host is absolute into a Content-Security-Policy, where `;` and `,` would end a directive.
 */
const hostShape = /^(\[[0-9a-f:.]+\]|[a-z0-9_-]+(\.[a-z0-9_-]+)*)?$/i;
const loopbackHosts = ['127.0.0.1', '[::1]', 'localhost'];
/** A reversed domain name, as an app on a device registers it (RFC 8252 7.1). */
const privateScheme = /^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:$/;

/**
 * The parameters of a response to a callback: ours (RFC 6749 4.1.2, RFC 9207 2), and those from which client libraries
 * read the result of other response types (RFC 6749 4.2.2, OpenID Connect Core 3.2.2.5, JARM 2.3.1).
 */
const responseParameters = [
  'code',
  'state',
  'iss',
  'error',
  'error_description',
  'error_uri',
  'response',
  'access_token',
  'id_token',
] as const;

/**
 * The response parameter that the query of a callback has; `undefined`: it has none. Such a response would have the
 * parameter twice, and the client would perhaps read the one that is not from this server. Names are compared as the
 * most lenient servers read them: they decode them, separate parameters at `;`, ignore case (ASP.NET), and make `code`
 * of `code[]` and `error_uri` of `error.uri` (PHP).
 */
export function responseParameterIn(uri: string): string | undefined {
  const [, query = ''] = /^[^?#]*\?([^#]*)/.exec(uri) ?? [];
  const names = query.split(/[&;?]/).map((pair) => lenientName(pair.split('=', 1)[0] ?? ''));
  return responseParameters.find((parameter) => names.includes(parameter));
}

function lenientName(encoded: string): string {
  const [name = ''] = decodeLeniently(encoded.replaceAll('+', ' ')).trim().toLowerCase().split('[');
  return name.replaceAll(/[. ]/g, '_');
}

/** Leaves percent-encoded bytes that are not ASCII as they are: no response parameter has one. */
function decodeLeniently(text: string): string {
  return text.replaceAll(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Checks the callbacks of an application, together and each alone. Empty: they can be stored, byte for byte. */
export function checkCallbacks(
  uris: readonly string[],
  application: { readonly confidential: boolean },
): readonly CallbackProblem[] {
  if (uris.length > maxCallbacks) {
    return [{ code: 'too_many', message: `An application has at most ${maxCallbacks} callbacks` }];
  }
  const repeated = uris.filter((uri, index) => uris.indexOf(uri) !== index);
  return [
    ...repeated.map(() => ({ code: 'repeated', message: 'The same callback is given twice' }) as const),
    ...uris.flatMap((uri) => checkCallback(uri, application) ?? []),
  ];
}

/** Checks one callback (RFC 6749 3.1.2, RFC 9700 2.1). Returns the first problem; `undefined`: it can be registered. */
export function checkCallback(
  uri: string,
  application: { readonly confidential: boolean },
): CallbackProblem | undefined {
  if (uri === '') return { code: 'missing', message: 'Enter a callback such as https://ams.example/callback/' };
  if (uri.length > maxCharacters) {
    return { code: 'too_long', message: `A callback has at most ${maxCharacters} characters` };
  }
  return checkCharacters(uri) ?? checkParts(uri, application);
}

function checkCharacters(uri: string): CallbackProblem | undefined {
  if (uri.includes('*')) {
    return { code: 'wildcard', message: 'A callback is compared to the last character; register each one, without *' };
  }
  if (!uriCharacters.test(uri) || /%(?![0-9a-f]{2})/i.test(uri) || /%(0[0-9a-f]|1[0-9a-f]|7f)/i.test(uri)) {
    return { code: 'forbidden_character', message: 'A callback has no spaces, control or non-ASCII characters' };
  }
  if (uri.includes('#')) return { code: 'fragment', message: 'Leave out the # and what follows it' };
  if (/(^|[/\\])(\.|%2e){1,2}([/?]|$)/i.test(uri)) {
    return { code: 'dot_segment', message: 'Write the path without . and .. segments' };
  }
  const name = responseParameterIn(uri);
  if (name === undefined) return undefined;
  const message = `Leave the parameter ${name} out of the query: a response to the callback can have it`;
  return { code: 'response_parameter', message };
}

function checkParts(uri: string, application: { readonly confidential: boolean }): CallbackProblem | undefined {
  // The URL parser reads https:ams.example and https:///ams.example as https://ams.example. A callback is compared
  // byte for byte, so only the last spelling is accepted.
  const absolute = /^https?:/i.test(uri) ? /^https?:\/\/[^/?]/i : /^[a-z][a-z0-9+.-]*:/i;
  if (!absolute.test(uri) || !URL.canParse(uri)) {
    return { code: 'not_absolute', message: 'Write the whole address, beginning with https://' };
  }
  const url = new URL(uri);
  if (url.username !== '' || url.password !== '' || /^[a-z]+:\/\/[^/?]*@/i.test(uri)) {
    return { code: 'user_info', message: 'Leave out the user name before the @' };
  }
  if (!hostShape.test(url.hostname) || url.port === '0') {
    return { code: 'host', message: 'The host of a callback has letters, digits, hyphens and single dots; no port 0' };
  }
  if (writtenHost(uri) !== url.hostname.toLowerCase()) {
    return { code: 'host', message: `Write the host as browsers know it: ${url.hostname}` };
  }
  if (url.protocol === 'https:') return undefined;
  if (url.protocol === 'http:') return checkHttp(url);
  if (privateScheme.test(url.protocol) && !application.confidential) return undefined;
  return {
    code: 'scheme',
    message: application.confidential
      ? 'A callback begins with https://'
      : 'A callback begins with https://, or with a scheme that is a reversed domain name, like com.example.app:',
  };
}

/**
 * The host as it is written, in lower case. The URL parser decodes host names and rewrites addresses (0x7f.1 becomes
 * 127.0.0.1); a callback must show people the host that the browser goes to.
 */
function writtenHost(uri: string): string {
  const [, host = ''] = /^[^:]*:\/\/([^/?]*)/.exec(uri) ?? [];
  return host.replace(/:\d*$/, '').toLowerCase();
}

function checkHttp(url: URL): CallbackProblem | undefined {
  if (loopbackHosts.includes(url.hostname)) return undefined;
  return { code: 'http', message: 'http:// is for 127.0.0.1, [::1] and localhost only; everywhere else use https://' };
}
