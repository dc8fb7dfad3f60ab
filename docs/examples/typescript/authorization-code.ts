/**
 * Authorization code: a person allows this application to read their data, and it says how many devices they own.
 *
 * Run:   INSIDERS_CLIENT_SECRET=... node authorization-code.ts
 *        and open http://127.0.0.1:8000/authenticate in your browser
 * Needs: Node 24 or later, no packages
 */
import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

const insidersUrl = process.env.INSIDERS_URL ?? 'https://api.insiders.example';
const clientId = process.env.INSIDERS_CLIENT_ID ?? 'YOUR_CLIENT_ID_HERE';
const redirectUri = process.env.INSIDERS_REDIRECT_URI ?? 'http://127.0.0.1:8000/authorized/';
const clientSecret = process.env.INSIDERS_CLIENT_SECRET ?? '';
const timeoutMs = 10_000;

/** Why there is nothing to show, for the person to read. */
class Refused extends Error {}

/** Sends the browser to Insiders, where the person logs in and decides. */
function authenticate(response: ServerResponse): void {
  const state = randomBytes(32).toString('base64url');
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  response.setHeader('Set-Cookie', [cookie('state', state, 600), cookie('verifier', verifier, 600)]);
  response.writeHead(302, { Location: `${insidersUrl}/oauth2/authorize/?${query}` }).end();
}

/** Insiders sends the browser back here, with a code or with an error. */
async function authorized(query: URLSearchParams, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const state = readCookie(request, 'state');
  if (state === undefined || query.get('state') !== state) {
    throw new Refused('The state is wrong: this is not the answer to a request of this browser.');
  }
  const error = query.get('error');
  if (error !== null) throw new Refused(`${error}: ${query.get('error_description')}`);
  const tokens = await exchange(query.get('code') ?? '', readCookie(request, 'verifier') ?? '');
  // Keep tokens.refresh_token in a safe place: it gets new access tokens without asking the person again.
  const count = await countDevices(tokens.access_token);
  response.setHeader('Set-Cookie', [cookie('state', '', 0), cookie('verifier', '', 0)]);
  show(response, 200, 'Success', `You currently own ${count} devices.`);
}

async function exchange(code: string, verifier: string) {
  const answer = await fetch(`${insidersUrl}/oauth2/token/`, {
    method: 'POST',
    headers: { Authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
    }),
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  });
  return (await read(answer)) as { access_token: string; expires_in: number; refresh_token: string };
}

async function countDevices(accessToken: string): Promise<number> {
  const answer = await fetch(`${insidersUrl}/api/v1/devices/?current=true`, {
    headers: { Authorization: `Bearer ${accessToken}` },
    signal: AbortSignal.timeout(timeoutMs),
  });
  return ((await read(answer)) as { count: number }).count;
}

/** The JSON of a 200; anything else is refused, with the reasons that the server gives. */
async function read(answer: Response): Promise<unknown> {
  if (answer.status === 200) return answer.json();
  const isJson = answer.headers.get('Content-Type')?.startsWith('application/json') === true;
  const { error, error_description, detail } = isJson ? ((await answer.json()) as Record<string, string>) : {};
  const reasons = [error, error_description, detail].filter((reason) => reason !== undefined);
  throw new Refused([`${new URL(answer.url).pathname} answered ${answer.status}`, ...reasons].join(': '));
}

/** Cookies bind the request to this browser: nobody else's answer fits. On https, add `; Secure`. */
function cookie(name: string, value: string, seconds: number): string {
  return `${name}=${value}; Max-Age=${seconds}; Path=/authorized/; HttpOnly; SameSite=Lax`;
}

function readCookie(request: IncomingMessage, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split('; ').map((pair) => pair.split('='));
  return pairs.find(([key]) => key === name)?.[1];
}

function show(response: ServerResponse, status: number, title: string, text: string): void {
  const safe = text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8' });
  response.end(`<!doctype html><title>${title}</title><h1>${title}</h1><p>${safe}</p>`);
}

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', redirectUri);
  if (pathname === '/authenticate') authenticate(response);
  else if (pathname === '/authorized/') await authorized(searchParams, request, response);
  else show(response, 404, 'Not found', 'Begin at /authenticate');
}

const server = createServer((request, response) => {
  handle(request, response).catch((problem: unknown) => {
    const reason =
      problem instanceof Refused ? problem.message : 'Insiders API cannot be reached, or its answer not read.';
    show(response, 400, 'Not authorized', reason);
  });
});

if (clientSecret === '') {
  console.error('INSIDERS_CLIENT_SECRET is not set');
  process.exit(1);
}
const port = Number(new URL(redirectUri).port || 80);
server.listen(port, '127.0.0.1', () => console.log(`Open http://127.0.0.1:${port}/authenticate in your browser`));
