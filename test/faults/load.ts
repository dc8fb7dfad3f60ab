/** Load on a server that is going to be killed, and a ledger of what the server acknowledged. */

import {
  authorizeUrl,
  callbackOf,
  codeFor,
  logInByPassword,
  redeem,
  refresh,
  revoke,
  type Tokens,
  tokensOf,
} from '../support/oauth.ts';
import type { TestApplication, TestUser } from '../support/site/fixtures.ts';
import { HttpBrowser } from '../support/site/http-browser.ts';

/** The users and applications that send the requests. */
export interface Actors {
  readonly people: readonly TestUser[];
  readonly byCode: TestApplication;
  readonly byPassword: TestApplication;
  readonly rotating: TestApplication;
}

/** What the server has acknowledged with a response. */
export class Ledger {
  /** Issued codes that were not sent for redemption. */
  readonly unused = new Set<string>();
  /** Codes that were sent for redemption, without a response. */
  readonly undecided = new Set<string>();
  /** The tokens that each redeemed code was exchanged for. */
  readonly redeemed = new Map<string, Tokens>();
  /** Tokens that were not revoked. */
  readonly issued: { readonly application: TestApplication; readonly tokens: Tokens }[] = [];
  readonly revoked: { readonly application: TestApplication; readonly tokens: Tokens }[] = [];
  /** Chains of rotated refresh tokens: the newest token of each, and how often it was rotated. */
  readonly chains: { newest: string; rotations: number }[] = [];
}

interface Server {
  readonly url: string;
  /** True: no new requests are sent. */
  stopped: boolean;
}

/** Sends requests until the server is gone. It rejects on a response that is no success; a missing one is expected. */
export async function sendLoad(server: Server, actors: Actors, ledger: Ledger): Promise<void> {
  const { people } = actors;
  await Promise.all(
    people.flatMap((person) => [
      repeat(server, authorizing(server, actors, person, ledger)),
      repeat(server, loggingIn(server, actors, person, ledger)),
      repeat(server, rotating(server, actors, person, ledger)),
    ]),
  );
}

async function repeat(server: Server, action: () => Promise<void>): Promise<void> {
  while (!server.stopped) {
    try {
      await action();
    } catch (error) {
      // `fetch` throws a TypeError when a connection breaks. Any other error fails the test.
      if (!(error instanceof TypeError)) throw error;
      return;
    }
  }
}

/** Redeems every second code. The user has consented before, so each authorization request returns a code at once. */
function authorizing(server: Server, { byCode }: Actors, person: TestUser, ledger: Ledger): () => Promise<void> {
  let browser: HttpBrowser | undefined;
  let round = 0;
  return async () => {
    if (browser === undefined) {
      const opened = new HttpBrowser(server.url);
      await opened.logIn(person);
      await codeFor(opened, byCode);
      browser = opened;
    }
    const code = callbackOf(await browser.send(authorizeUrl(byCode))).get('code') ?? '';
    round += 1;
    if (round % 2 === 0) {
      ledger.unused.add(code);
      return;
    }
    ledger.undecided.add(code);
    const tokens = tokensOf(await redeem(server, byCode, code));
    ledger.undecided.delete(code);
    ledger.redeemed.set(code, tokens);
  };
}

/** Logs in by password, refreshes, and revokes the tokens every second time. */
function loggingIn(server: Server, { byPassword }: Actors, person: TestUser, ledger: Ledger): () => Promise<void> {
  let round = 0;
  return async () => {
    const tokens = tokensOf(await logInByPassword(server, byPassword, person));
    const refreshed = tokensOf(await refresh(server, byPassword, tokens.refresh_token));
    round += 1;
    if (round % 2 === 0) {
      ledger.issued.push({ application: byPassword, tokens }, { application: byPassword, tokens: refreshed });
      return;
    }
    await expectSuccess(revoke(server, byPassword, tokens.refresh_token));
    ledger.revoked.push({ application: byPassword, tokens }, { application: byPassword, tokens: refreshed });
  };
}

/** Rotates one refresh token again and again. */
function rotating(server: Server, actors: Actors, person: TestUser, ledger: Ledger): () => Promise<void> {
  let chain: { newest: string; rotations: number } | undefined;
  return async () => {
    if (chain === undefined) {
      const tokens = tokensOf(await logInByPassword(server, actors.rotating, person));
      chain = { newest: tokens.refresh_token, rotations: 0 };
      ledger.chains.push(chain);
      return;
    }
    chain.newest = tokensOf(await refresh(server, actors.rotating, chain.newest)).refresh_token;
    chain.rotations += 1;
  };
}

async function expectSuccess(response: Promise<{ readonly status: number; readonly text: string }>): Promise<void> {
  const { status, text } = await response;
  if (status !== 200) throw new Error(`${status} ${text}`);
}
