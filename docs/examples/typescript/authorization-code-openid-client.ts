/**
 * Authorization code with the package openid-client, which makes and checks state, PKCE and the issuer by itself.
 *
 * Run:   INSIDERS_CLIENT_SECRET=... node authorization-code-openid-client.ts
 *        and open http://127.0.0.1:8000/authenticate in your browser
 * Needs: Node 24 or later; npm install openid-client
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import * as client from 'openid-client';

const insidersUrl = process.env.INSIDERS_URL ?? 'https://api.insiders.example';
const clientId = process.env.INSIDERS_CLIENT_ID ?? 'YOUR_CLIENT_ID_HERE';
const redirectUri = process.env.INSIDERS_REDIRECT_URI ?? 'http://127.0.0.1:8000/authorized/';
const clientSecret = process.env.INSIDERS_CLIENT_SECRET ?? '';
const notOurs = 'The state or the issuer is wrong: this is not the answer to a request of this browser.';
if (clientSecret === '') stop('INSIDERS_CLIENT_SECRET is not set');

// The addresses of all endpoints come from the server. Plain http is for a server on this machine only.
const config = await client
  .discovery(new URL(insidersUrl), clientId, undefined, client.ClientSecretBasic(clientSecret), {
    algorithm: 'oauth2',
    timeout: 10,
    execute: new URL(insidersUrl).hostname === '127.0.0.1' ? [client.allowInsecureRequests] : [],
  })
  .catch((problem: unknown) => stop(`Insiders API cannot be reached: ${problem}`));

/** Sends the browser to Insiders, where the person logs in and decides. */
async function authenticate(response: ServerResponse): Promise<void> {
  const [state, verifier] = [client.randomState(), client.randomPKCECodeVerifier()];
  const address = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'all',
    state,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  response.setHeader('Set-Cookie', [cookie('state', state, 600), cookie('verifier', verifier, 600)]);
  response.writeHead(302, { Location: address.href }).end();
}

/** Insiders sends the browser back here, with a code or with an error. */
async function authorized(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [expectedState, pkceCodeVerifier] = [readCookie(request, 'state'), readCookie(request, 'verifier')];
  // Without a state to expect, openid-client would take an answer without one for the right one.
  if (expectedState === '') return show(response, 400, 'Not authorized', notOurs);
  const tokens = await client.authorizationCodeGrant(config, url, { expectedState, pkceCodeVerifier });
  // Keep tokens.refresh_token in a safe place: it gets new access tokens without asking the person again.
  const devices = new URL('/api/v1/devices/?current=true', insidersUrl);
  const answer = await client.fetchProtectedResource(config, tokens.access_token, devices, 'GET');
  const { count } = (await answer.json()) as { count: number };
  response.setHeader('Set-Cookie', [cookie('state', '', 0), cookie('verifier', '', 0)]);
  show(response, 200, 'Success', `You currently own ${count} devices.`);
}

/** Cookies bind the request to this browser: nobody else's answer fits. On https, add `; Secure`. */
function cookie(name: string, value: string, seconds: number): string {
  return `${name}=${value}; Max-Age=${seconds}; Path=/authorized/; HttpOnly; SameSite=Lax`;
}

function readCookie(request: IncomingMessage, name: string): string {
  const pairs = (request.headers.cookie ?? '').split('; ').map((pair) => pair.split('='));
  return pairs.find(([key]) => key === name)?.[1] ?? '';
}

async function reasonOf(problem: unknown): Promise<string> {
  if (problem instanceof client.AuthorizationResponseError) return `${problem.error}: ${problem.error_description}`;
  if (problem instanceof client.ResponseBodyError || problem instanceof client.WWWAuthenticateChallengeError) {
    const { url, status } = problem.response;
    const body = problem instanceof client.ResponseBodyError ? problem.cause : await problem.response.json();
    const { error, error_description, detail } = body as Record<string, string>;
    const reasons = [error, error_description, detail].filter((reason) => reason !== undefined);
    return [`${new URL(url).pathname} answered ${status}`, ...reasons].join(': ');
  }
  return problem instanceof client.ClientError && problem.code === 'OAUTH_INVALID_RESPONSE'
    ? notOurs
    : 'Insiders API cannot be reached, or its answer not read.';
}

function stop(reason: string): never {
  console.error(reason);
  process.exit(1);
}

function show(response: ServerResponse, status: number, title: string, text: string): void {
  const safe = text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8' });
  response.end(`<!doctype html><title>${title}</title><h1>${title}</h1><p>${safe}</p>`);
}

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', redirectUri);
  if (url.pathname === '/authenticate') await authenticate(response);
  else if (url.pathname === '/authorized/') await authorized(url, request, response);
  else show(response, 404, 'Not found', 'Begin at /authenticate');
}

const port = Number(new URL(redirectUri).port || 80);
createServer((request, response) => {
  handle(request, response).catch(async (problem: unknown) => {
    show(response, 400, 'Not authorized', await reasonOf(problem));
  });
}).listen(port, '127.0.0.1', () => console.log(`Open http://127.0.0.1:${port}/authenticate in your browser`));
