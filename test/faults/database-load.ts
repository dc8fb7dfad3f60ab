/** Requests that read and write, and a ledger of what came back. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '../../src/storage/open.ts';
import { type Answer, callApi, logInByPassword, read, refresh, revoke, tokensOf } from '../support/oauth.ts';
import { newApplication, newPerson, type Person, type TestApplication } from '../support/people.ts';
import { type ServerProcess, serve } from '../support/program.ts';

/** A server on a PostgreSQL, as a process of its own, and somebody who uses it. */
export interface Node {
  readonly server: ServerProcess;
  readonly application: TestApplication;
  readonly person: Person;
}

/** One ring for all nodes: they share databases, which know it. */
const ring = { INSIDERS_SECRET_KEYS: `0:${randomBytes(32).toString('base64url')}` };

/** `through`: the address that the server is given, if it is not the one that the test uses. */
export async function startNode(databaseUrl: string, through = databaseUrl): Promise<Node> {
  const store = await openStore({ databaseUrl });
  try {
    const application = await newApplication({ store }, { grantType: 'password', refreshPolicy: 'rotate' });
    const person = await newPerson({ store });
    return { server: await serve(['--database-url', through], { environment: ring }), application, person };
  } finally {
    await store.close();
  }
}

/** What a node did between {@link Load.start} and {@link Load.stop}. */
export class Load {
  /** How many responses had each status. */
  readonly statuses: Record<number, number> = {};
  /** The longest time, in ms, that a request took. */
  slowest = 0;
  /** Requests without a response. */
  readonly failures: unknown[] = [];
  /** Of 503: those that did not say when to come back. */
  silent503 = 0;
  #stopped = false;
  #workers: Promise<void>[] = [];

  start(node: Node, workers = 12): void {
    this.#workers = Array.from({ length: workers }, () => this.#work(node));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#workers);
  }

  async #work({ server, application, person }: Node): Promise<void> {
    while (!this.#stopped) {
      const logIn = await this.#note(() => logInByPassword(server, application, person));
      if (logIn?.status !== 200) continue;
      const tokens = tokensOf(logIn);
      await this.#note(() => callApi(server, tokens.access_token));
      await this.#note(() => refresh(server, application, tokens.refresh_token));
      await this.#note(async () => read(await fetch(`${server.url}/readyz`)));
      await this.#note(() => revoke(server, application, tokens.refresh_token));
    }
  }

  async #note(request: () => Promise<Answer>): Promise<Answer | undefined> {
    const asked = performance.now();
    try {
      const answer = await request();
      this.statuses[answer.status] = (this.statuses[answer.status] ?? 0) + 1;
      if (answer.status === 503 && !/^[1-9]/.test(answer.headers.get('retry-after') ?? '')) this.silent503 += 1;
      return answer;
    } catch (error) {
      this.failures.push(error);
      // A server that is gone would be asked without end.
      await sleep(100);
      return undefined;
    } finally {
      this.slowest = Math.max(this.slowest, performance.now() - asked);
    }
  }
}

/** The status of a request that reads the database each time; `/readyz` remembers its response for a second. */
export async function statusOfRead({ url }: Pick<ServerProcess, 'url'>): Promise<number> {
  const { status } = await fetch(`${url}/oauth2/authorize/?client_id=unknown`);
  return status;
}

/** Asks until a request that needs the database works. @returns how long that took, in ms */
export async function readyAgain({ server }: Node, withinMs: number): Promise<number> {
  const asked = performance.now();
  for (;;) {
    const isReady = (await statusOfRead(server).catch(() => 503)) !== 503;
    const ms = Math.round(performance.now() - asked);
    if (isReady) return ms;
    if (ms > withinMs) throw new Error(`Not ready after ${ms} ms:\n${server.output.stderr}`);
    await sleep(100);
  }
}
