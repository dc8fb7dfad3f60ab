/** The load of each subject. */
import { indexOf, type Size } from './data.ts';
import { basic, form, type Load } from './load.ts';
import { origin } from './server.ts';
import { settings } from './settings.ts';
import {
  accessText,
  client,
  codeText,
  devicesPerOwner,
  emailOf,
  owners,
  password,
  passwordClient,
  peerRefreshText,
  people,
  redirectUri,
  refreshText,
  shuffled,
} from './texts.ts';

const order = shuffled(people);
const ownersInOrder = order.filter((person) => person < owners);
/** Users who log in. Equal attempts in flight share one password check, so each request is of another user. */
const loggingIn = Math.min(people, 1000);
/** Access tokens expire ten hours after the start of the run, as those that the product issues. */
const expiresAt = Date.now() + 36_000_000;

/** Refreshes with the token of each user in turn, in random order. */
export function refreshes(port: number, size: Size): Load {
  const bodies = order.map((person) => refreshBody(refreshText(indexOf(person, size))));
  return { ...refreshing(port, '/oauth2/token/'), next: inTurn(bodies), different: people };
}

/** Refreshes with one token only: its state is cached, and its uses are written as one. */
export function refreshesOfOne(port: number, size: Size): Load {
  const body = refreshBody(refreshText(indexOf(0, size)));
  return { ...refreshing(port, '/oauth2/token/'), next: () => body, different: 1 };
}

/** The same refreshes at oidc-provider. */
export function refreshesAtPeer(port: number): Load {
  const bodies = order.map((person) => refreshBody(peerRefreshText(person)));
  return { ...refreshing(port, '/token'), next: inTurn(bodies), different: people };
}

/** Redeems each code once. */
export function exchanges(port: number, { codes }: Size): Load {
  const bodies = (function* () {
    for (let n = 0; n < codes; n += 1) {
      yield form({ grant_type: 'authorization_code', code: codeText(n), redirect_uri: redirectUri });
    }
    throw new Error(`All ${codes} codes are redeemed: set SECONDS or ROUNDS lower`);
  })();
  return {
    ...tokenRequest(port, '/oauth2/token/', client),
    next: () => bodies.next().value ?? '',
    different: codes,
    isResponseTo: hasTokens,
  };
}

/** The password grant, for each user in turn. */
export function logIns(port: number): Load {
  const bodies = Array.from({ length: loggingIn }, (_, person) =>
    form({ grant_type: 'password', username: emailOf(person), password }),
  );
  return {
    ...tokenRequest(port, '/oauth2/token/', passwordClient),
    next: inTurn(bodies),
    different: loggingIn,
    isResponseTo: hasTokens,
  };
}

/** Lists the devices of each owner in turn, each time with another access token. */
export function deviceLists(port: number, size: Size): Load {
  const ownerOf = new Map<string, number>();
  for (let n = 0; n < settings.tokens; n += 1) {
    const owner = ownersInOrder[n % owners] ?? 0;
    ownerOf.set(`Bearer ${accessText(n, indexOf(owner, size), expiresAt)}`, owner);
  }
  return {
    url: `${origin(port)}/api/v1/devices/?current=True`,
    method: 'GET',
    headers: {},
    varies: 'authorization',
    next: inTurn([...ownerOf.keys()]),
    different: settings.tokens,
    isResponseTo: (sent, response) => ownerOfList(response) === ownerOf.get(sent),
  };
}

/** The same requests to a subject that ignores tokens and iterates over the owners itself. */
export function unguardedDeviceLists(port: number, size: Size): Load {
  return { ...deviceLists(port, size), isResponseTo: (_, response) => ownerOfList(response) !== undefined };
}

/** The owner of a list of devices; `undefined`: it is incomplete. Serial numbers count from 0, owner by owner. */
function ownerOfList({ count, results }: Readonly<Record<string, unknown>>): number | undefined {
  if (count !== devicesPerOwner || !Array.isArray(results)) return undefined;
  return Math.floor(Number(results[0]?.serial_number) / devicesPerOwner);
}

function refreshing(port: number, path: string) {
  return {
    ...tokenRequest(port, path, client),
    // The policy is `stable`: the response has the refresh token of the request.
    isResponseTo: (sent: string, response: Readonly<Record<string, unknown>>) =>
      typeof response.access_token === 'string' && sent === refreshBody(String(response.refresh_token)),
  };
}

function tokenRequest(port: number, path: string, credentials: typeof client) {
  const headers = { authorization: basic(credentials), 'content-type': 'application/x-www-form-urlencoded' };
  return { url: `${origin(port)}${path}`, method: 'POST', headers, varies: 'body' } as const;
}

function hasTokens(_: string, response: Readonly<Record<string, unknown>>): boolean {
  return typeof response.access_token === 'string' && typeof response.refresh_token === 'string';
}

function refreshBody(refreshToken: string): string {
  return form({ grant_type: 'refresh_token', refresh_token: refreshToken });
}

/** Returns the texts one after the other, and starts again after the last. */
function inTurn(texts: readonly string[]): () => string {
  let calls = 0;
  return () => {
    const text = texts[calls % texts.length] ?? '';
    calls += 1;
    return text;
  };
}
