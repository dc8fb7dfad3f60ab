/** Requests of an application to the server, without a client library, so that tests can send invalid ones too. */
import { createHash, randomBytes } from 'node:crypto';
import type { TestApplication, TestUser } from './site/fixtures.ts';
import { HttpBrowser, type Page } from './site/http-browser.ts';
import { registerSecret } from './site/secrets.ts';

/** The origin of a server. */
export interface At {
  readonly url: string;
}

/** A response of a back channel endpoint or the API. `body`: its JSON; empty if it has none. */
export interface EndpointResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Tokens {
  readonly access_token: string;
  readonly expires_in: number;
  readonly token_type: string;
  readonly scope: string;
  readonly refresh_token: string;
}

export type Fields = Readonly<Record<string, string>>;

/** `base64(id:secret)`, as Python's requests and curl send it. */
export function basic(application: Pick<TestApplication, 'clientId' | 'clientSecret'>): string {
  return `Basic ${Buffer.from(`${application.clientId}:${application.clientSecret ?? ''}`).toString('base64')}`;
}

/**
 * Posts a form. A confidential application authenticates by a Basic header, a public one by its `client_id`; `null`: no
 * client authentication.
 */
export async function postForm(
  at: At,
  path: string,
  application: TestApplication | null,
  fields: Fields | string,
  headers: Fields = {},
): Promise<EndpointResponse> {
  const isPublic = application !== null && application.clientSecret === null;
  const body = isPublic && typeof fields !== 'string' ? { client_id: application.clientId, ...fields } : fields;
  const response = await fetch(at.url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(application === null || isPublic ? {} : { authorization: basic(application) }),
      ...headers,
    },
    body: typeof body === 'string' ? body : new URLSearchParams(body),
  });
  return readResponse(response);
}

/** Reads a response to its end. Its tokens are recorded as secrets. */
export async function readResponse(response: Response): Promise<EndpointResponse> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  const { status, headers } = response;
  const body = isJson ? (JSON.parse(text) as EndpointResponse['body']) : {};
  for (const name of ['access_token', 'refresh_token'])
    registerSecret(typeof body[name] === 'string' ? body[name] : null);
  return { status, headers, text, body };
}

/** The text of a response without the ID of its request, so that responses can be compared. */
export function textWithoutRequestId(response: EndpointResponse): string {
  return response.text.replace(/\?request=[0-9a-f-]{36}/, '');
}

export const tokenPath = '/oauth2/token/';
export const revokePath = '/oauth2/revoke-token/';
export const introspectPath = '/oauth2/introspect/';

export function requestToken(
  at: At,
  application: TestApplication | null,
  fields: Fields | string,
): Promise<EndpointResponse> {
  return postForm(at, tokenPath, application, fields);
}

export function redeem(
  at: At,
  application: TestApplication,
  code: string,
  more: Fields = {},
): Promise<EndpointResponse> {
  const redirect_uri = application.redirectUri;
  return requestToken(at, application, { grant_type: 'authorization_code', code, redirect_uri, ...more });
}

export function refresh(at: At, application: TestApplication, refreshToken: string, more: Fields = {}) {
  return requestToken(at, application, { grant_type: 'refresh_token', refresh_token: refreshToken, ...more });
}

export function logInByPassword(at: At, application: TestApplication, person: Pick<TestUser, 'email' | 'password'>) {
  const { email: username, password } = person;
  return requestToken(at, application, { grant_type: 'password', username, password });
}

export function revoke(at: At, application: TestApplication | null, token: string, more: Fields = {}) {
  return postForm(at, revokePath, application, { token, ...more });
}

export function introspect(at: At, application: TestApplication | null, token: string) {
  return postForm(at, introspectPath, application, { token });
}

/** The tokens of a successful response. @throws for an error */
export function tokensOf(response: EndpointResponse): Tokens {
  if (response.status !== 200) throw new Error(`No tokens: ${response.status} ${response.text}`);
  return response.body as unknown as Tokens;
}

/** `GET` of the API with an access token. */
export async function callApi(
  at: At,
  accessToken: string,
  path = '/api/v1/devices/?current=True',
): Promise<EndpointResponse> {
  return readResponse(
    await fetch(at.url + path, { headers: { authorization: `Bearer ${accessToken}` }, redirect: 'manual' }),
  );
}

/** The path and query of an authorization request. `undefined` removes a parameter. */
export function authorizeUrl(
  application: Pick<TestApplication, 'clientId' | 'redirectUri'>,
  more: Readonly<Record<string, string | undefined>> = {},
): string {
  const parameters = {
    client_id: application.clientId,
    response_type: 'code',
    redirect_uri: application.redirectUri,
    ...more,
  };
  const present = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `/oauth2/authorize/?${new URLSearchParams(present)}`;
}

/** The query of the callback that a page redirects to. @throws without a redirect */
export function callbackOf(page: Page): URLSearchParams {
  if (page.location === undefined) throw new Error(`No redirect but ${page.status} at ${page.url}`);
  const { searchParams } = new URL(page.location, page.url);
  registerSecret(searchParams.get('code'));
  return searchParams;
}

/** Presses Authorize or Deny on the consent page. Returns `page` itself if it is a redirect without a consent page. */
export async function decide(browser: HttpBrowser, page: Page, decision: 'authorize' | 'deny'): Promise<Page> {
  return page.location === undefined ? browser.press(page, '/oauth2/authorize/', { decision }) : page;
}

/** Logs in and authorizes in a new browser, and returns the code. */
export async function obtainCode(
  at: At,
  application: TestApplication,
  person: TestUser,
  more: Readonly<Record<string, string | undefined>> = {},
): Promise<string> {
  const browser = new HttpBrowser(at.url);
  await browser.logIn(person);
  return codeFor(browser, application, more);
}

/** Authorizes in a browser with a logged-in user, and returns the code. */
export async function codeFor(
  browser: HttpBrowser,
  application: TestApplication,
  more: Readonly<Record<string, string | undefined>> = {},
): Promise<string> {
  const done = await decide(browser, await browser.open(authorizeUrl(application, more)), 'authorize');
  const code = callbackOf(done).get('code');
  if (code === null) throw new Error(`No code: ${done.location}`);
  return code;
}

/** Obtains tokens by the authorization code grant, in a new browser. */
export async function obtainTokens(at: At, application: TestApplication, person: TestUser): Promise<Tokens> {
  return tokensOf(await redeem(at, application, await obtainCode(at, application, person)));
}

/** A verifier and its S256 challenge (RFC 7636 4.1, 4.2). */
export function newPkce(): { readonly verifier: string; readonly challenge: string } {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/**
 * Opens the authorization URL of a client library in a new browser, logs in and decides. Returns the callback with its
 * query.
 */
export async function authorizeAt(
  at: At,
  address: string | URL,
  person: TestUser,
  decision: 'authorize' | 'deny' = 'authorize',
): Promise<URL> {
  const browser = new HttpBrowser(at.url);
  await browser.logIn(person);
  const { pathname, search, origin } = new URL(address);
  if (origin !== at.url) throw new Error(`This is not the address of the server: ${address}`);
  const done = await decide(browser, await browser.open(pathname + search), decision);
  return new URL(done.location ?? '');
}
