/** The requests that each subject gets. */
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
/** Attempts that are alike and in flight together share one check, so each is another person's. */
const whoLogIn = Math.min(people, 1000);
/** Access tokens expire ten hours after the start of the run, as those that the product issues. */
const expiresAt = Date.now() + 36_000_000;

/** Refreshes with the token of each person in turn, in no order. */
export function refreshes(port: number, size: Size): Load {
  const bodies = order.map((person) => refreshBody(refreshText(indexOf(person, size))));
  return { ...refreshing(port, '/oauth2/token/'), next: inTurn(bodies), different: people };
}

/** Refreshes with one token again and again: what it rests on is remembered, and one note of its use is written. */
export function refreshesOfOne(port: number, size: Size): Load {
  const body = refreshBody(refreshText(indexOf(0, size)));
  return { ...refreshing(port, '/oauth2/token/'), next: () => body, different: 1 };
}

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
    isAnswerTo: hasTokens,
  };
}

export function logIns(port: number): Load {
  const bodies = Array.from({ length: whoLogIn }, (_, person) =>
    form({ grant_type: 'password', username: emailOf(person), password }),
  );
  return {
    ...tokenRequest(port, '/oauth2/token/', passwordClient),
    next: inTurn(bodies),
    different: whoLogIn,
    isAnswerTo: hasTokens,
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
    isAnswerTo: (sent, answer) => ownerOfList(answer) === ownerOf.get(sent),
  };
}

/** The same requests to a subject that does not look at tokens, and goes through the owners by itself. */
export function unguardedDeviceLists(port: number, size: Size): Load {
  return { ...deviceLists(port, size), isAnswerTo: (_, answer) => ownerOfList(answer) !== undefined };
}

/** `undefined`: not a whole list. Serial numbers are numbers from 0 on, in the order of owners. */
function ownerOfList({ count, results }: Readonly<Record<string, unknown>>): number | undefined {
  if (count !== devicesPerOwner || !Array.isArray(results)) return undefined;
  return Math.floor(Number(results[0]?.serial_number) / devicesPerOwner);
}

function refreshing(port: number, path: string) {
  return {
    ...tokenRequest(port, path, client),
    // The refresh token stays the same, so the answer shows which one was used.
    isAnswerTo: (sent: string, answer: Readonly<Record<string, unknown>>) =>
      typeof answer.access_token === 'string' && sent === refreshBody(String(answer.refresh_token)),
  };
}

function tokenRequest(port: number, path: string, who: typeof client) {
  const headers = { authorization: basic(who), 'content-type': 'application/x-www-form-urlencoded' };
  return { url: `${origin(port)}${path}`, method: 'POST', headers, varies: 'body' } as const;
}

function hasTokens(_: string, answer: Readonly<Record<string, unknown>>): boolean {
  return typeof answer.access_token === 'string' && typeof answer.refresh_token === 'string';
}

function refreshBody(refreshToken: string): string {
  return form({ grant_type: 'refresh_token', refresh_token: refreshToken });
}

function inTurn(texts: readonly string[]): () => string {
  let turn = 0;
  return () => {
    const text = texts[turn % texts.length] ?? '';
    turn += 1;
    return text;
  };
}
