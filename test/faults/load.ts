/** What keeps a server busy while it is killed, and a ledger of what it acknowledged. */
import { Browser } from '../support/client.ts';
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
import type { Person, TestApplication } from '../support/people.ts';

export interface Actors {
  readonly people: readonly Person[];
  readonly byCode: TestApplication;
  readonly byPassword: TestApplication;
  readonly rotating: TestApplication;
}

/** Only what was answered is written down here. */
export class Ledger {
  /** Codes that were handed out, by what became of them. */
  readonly unused = new Set<string>();
  /** Sent for redemption, without an answer. */
  readonly undecided = new Set<string>();
  readonly redeemed = new Map<string, Tokens>();
  readonly issued: { readonly application: TestApplication; readonly tokens: Tokens }[] = [];
  readonly revoked: { readonly application: TestApplication; readonly tokens: Tokens }[] = [];
  /** The newest refresh token of each chain. */
  readonly chains: { newest: string; rotations: number }[] = [];
}

interface Server {
  readonly url: string;
  /** Nobody starts anything new any more. */
  stopped: boolean;
}

/** Works until the server is gone. An answer that is no success is a fault; no answer is what this is about. */
export async function work(server: Server, actors: Actors, ledger: Ledger): Promise<void> {
  const { people } = actors;
  await Promise.all(
    people.flatMap((person) => [
      repeat(server, authorizing(server, actors, person, ledger)),
      repeat(server, loggingIn(server, actors, person, ledger)),
      repeat(server, rotating(server, actors, person, ledger)),
    ]),
  );
}

async function repeat(server: Server, act: () => Promise<void>): Promise<void> {
  while (!server.stopped) {
    try {
      await act();
    } catch (error) {
      // fetch says so when a connection breaks; anything else is a fault.
      if (!(error instanceof TypeError)) throw error;
      return;
    }
  }
}

/** Every second code is redeemed. The consent was given before, so that each request leads to a code at once. */
function authorizing(server: Server, { byCode }: Actors, person: Person, ledger: Ledger): () => Promise<void> {
  let browser: Browser | undefined;
  let turn = 0;
  return async () => {
    if (browser === undefined) {
      const fresh = new Browser(server.url);
      await fresh.logIn(person);
      await codeFor(fresh, byCode);
      browser = fresh;
    }
    const code = callbackOf(await browser.send(authorizeUrl(byCode))).get('code') ?? '';
    turn += 1;
    if (turn % 2 === 0) {
      ledger.unused.add(code);
      return;
    }
    ledger.undecided.add(code);
    const tokens = tokensOf(await redeem(server, byCode, code));
    ledger.undecided.delete(code);
    ledger.redeemed.set(code, tokens);
  };
}

/** Logs in by password, refreshes, and revokes every second time. */
function loggingIn(server: Server, { byPassword }: Actors, person: Person, ledger: Ledger): () => Promise<void> {
  let turn = 0;
  return async () => {
    const tokens = tokensOf(await logInByPassword(server, byPassword, person));
    const refreshed = tokensOf(await refresh(server, byPassword, tokens.refresh_token));
    turn += 1;
    if (turn % 2 === 0) {
      ledger.issued.push({ application: byPassword, tokens }, { application: byPassword, tokens: refreshed });
      return;
    }
    await expectSuccess(revoke(server, byPassword, tokens.refresh_token));
    ledger.revoked.push({ application: byPassword, tokens }, { application: byPassword, tokens: refreshed });
  };
}

/** Goes on with one chain of rotating refresh tokens. */
function rotating(server: Server, actors: Actors, person: Person, ledger: Ledger): () => Promise<void> {
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

async function expectSuccess(answer: Promise<{ readonly status: number; readonly text: string }>): Promise<void> {
  const { status, text } = await answer;
  if (status !== 200) throw new Error(`${status} ${text}`);
}
