/** The protocol from the side of an application: plain requests, so that tests can also send wrong ones. */
import { createHash, randomBytes } from 'node:crypto';
import { Browser, type Page } from './client.ts';
import type { Person, TestApplication } from './people.ts';
import { noteSecret } from './secrets.ts';

/** Where the server is. */
export interface At {
  readonly url: string;
}

/** An answer of a program's endpoint. `body` is what JSON it held. */
export interface Answer {
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

/** A POST of a form. Who sends it: an application by its Basic header, a public one by its `client_id`, or nobody. */
export async function postForm(
  at: At,
  path: string,
  application: TestApplication | null,
  fields: Fields | string,
  headers: Fields = {},
): Promise<Answer> {
  const isPublic = application !== null && application.clientSecret === null;
  const named = isPublic && typeof fields !== 'string' ? { client_id: application.clientId, ...fields } : fields;
  const answer = await fetch(at.url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(application === null || isPublic ? {} : { authorization: basic(application) }),
      ...headers,
    },
    body: typeof named === 'string' ? named : new URLSearchParams(named),
  });
  return read(answer);
}

export async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  const { status, headers } = response;
  const body = isJson ? (JSON.parse(text) as Answer['body']) : {};
  for (const name of ['access_token', 'refresh_token']) noteSecret(typeof body[name] === 'string' ? body[name] : null);
  return { status, headers, text, body };
}

/** The text of an answer without the number of the request, which is another one each time. */
export function wordsOf(answer: Answer): string {
  return answer.text.replace(/\?request=[0-9a-f-]{36}/, '');
}

export const tokenPath = '/oauth2/token/';
export const revokePath = '/oauth2/revoke-token/';
export const introspectPath = '/oauth2/introspect/';

export function requestToken(at: At, application: TestApplication | null, fields: Fields | string): Promise<Answer> {
  return postForm(at, tokenPath, application, fields);
}

export function redeem(at: At, application: TestApplication, code: string, more: Fields = {}): Promise<Answer> {
  const redirect_uri = application.redirectUri;
  return requestToken(at, application, { grant_type: 'authorization_code', code, redirect_uri, ...more });
}

export function refresh(at: At, application: TestApplication, refreshToken: string, more: Fields = {}) {
  return requestToken(at, application, { grant_type: 'refresh_token', refresh_token: refreshToken, ...more });
}

export function logInByPassword(at: At, application: TestApplication, person: Pick<Person, 'email' | 'password'>) {
  const { email: username, password } = person;
  return requestToken(at, application, { grant_type: 'password', username, password });
}

export function revoke(at: At, application: TestApplication | null, token: string, more: Fields = {}) {
  return postForm(at, revokePath, application, { token, ...more });
}

export function introspect(at: At, application: TestApplication | null, token: string) {
  return postForm(at, introspectPath, application, { token });
}

/** The tokens of an answer that must be a success. */
export function tokensOf(answer: Answer): Tokens {
  if (answer.status !== 200) throw new Error(`No tokens: ${answer.status} ${answer.text}`);
  return answer.body as unknown as Tokens;
}

/** `GET` of the API with an access token. */
export async function callApi(at: At, accessToken: string, path = '/api/v1/devices/?current=True'): Promise<Answer> {
  return read(await fetch(at.url + path, { headers: { authorization: `Bearer ${accessToken}` }, redirect: 'manual' }));
}

/** The address an application sends the browser to. `undefined` takes a parameter out. */
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
  const known = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `/oauth2/authorize/?${new URLSearchParams(known)}`;
}

/** The query of the callback that a page redirects to. */
export function callbackOf(page: Page): URLSearchParams {
  if (page.location === undefined) throw new Error(`No redirect but ${page.status} at ${page.url}`);
  const { searchParams } = new URL(page.location, page.url);
  noteSecret(searchParams.get('code'));
  return searchParams;
}

/** Presses Authorize or Deny on the consent page, or passes on the redirect that came in its place. */
export async function decide(browser: Browser, page: Page, decision: 'authorize' | 'deny'): Promise<Page> {
  return page.location === undefined ? browser.press(page, '/oauth2/authorize/', { decision }) : page;
}

/** Goes through the pages as a person would, and answers the code. */
export async function obtainCode(
  at: At,
  application: TestApplication,
  person: Person,
  more: Readonly<Record<string, string | undefined>> = {},
): Promise<string> {
  const browser = new Browser(at.url);
  await browser.logIn(person);
  return codeFor(browser, application, more);
}

/** The same in a browser where somebody is logged in. */
export async function codeFor(
  browser: Browser,
  application: TestApplication,
  more: Readonly<Record<string, string | undefined>> = {},
): Promise<string> {
  const done = await decide(browser, await browser.open(authorizeUrl(application, more)), 'authorize');
  const code = callbackOf(done).get('code');
  if (code === null) throw new Error(`No code: ${done.location}`);
  return code;
}

/** Tokens by the authorization code grant. */
export async function obtainTokens(at: At, application: TestApplication, person: Person): Promise<Tokens> {
  return tokensOf(await redeem(at, application, await obtainCode(at, application, person)));
}

/** A verifier and its S256 challenge (RFC 7636 4.1, 4.2). */
export function newPkce(): { readonly verifier: string; readonly challenge: string } {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** What a person does with an address that a client library made: log in, decide, and come back to the application. */
export async function authorizeAt(
  at: At,
  address: string | URL,
  person: Person,
  decision: 'authorize' | 'deny' = 'authorize',
): Promise<URL> {
  const browser = new Browser(at.url);
  await browser.logIn(person);
  const { pathname, search, origin } = new URL(address);
  if (origin !== at.url) throw new Error(`This is not the address of the server: ${address}`);
  const done = await decide(browser, await browser.open(pathname + search), decision);
  return new URL(done.location ?? '');
}
