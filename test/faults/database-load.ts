/** Load of requests that read and write, and a count of their outcomes. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadConfig } from '../../src/config/load.ts';
import { openStoreWithKeys } from '../support/database/keyed-store.ts';
import {
  callApi,
  type EndpointResponse,
  logInByPassword,
  readResponse,
  refresh,
  revoke,
  tokensOf,
} from '../support/oauth.ts';
import { type ServerProcess, serve } from '../support/processes/insiders.ts';
import { newApplication, newUser, type TestApplication, type TestUser } from '../support/site/fixtures.ts';

/** A server process on PostgreSQL, with an application and a user. */
export interface Node {
  readonly server: ServerProcess;
  readonly application: TestApplication;
  readonly person: TestUser;
}

/** One ring of keys for all nodes: nodes that share a database need the same one. */
const ring = { INSIDERS_SECRET_KEYS: `0:${randomBytes(32).toString('base64url')}` };

/** `serverUrl`: the database URL for the server, if it differs from that of the test (a proxy). */
export async function startNode(databaseUrl: string, serverUrl = databaseUrl): Promise<Node> {
  const store = await openStoreWithKeys(loadConfig({}, { databaseUrl, secretKeys: ring.INSIDERS_SECRET_KEYS }));
  try {
    const application = await newApplication({ store }, { grantType: 'password', refreshPolicy: 'rotate' });
    const person = await newUser({ store });
    return { server: await serve(['--database-url', serverUrl], { environment: ring }), application, person };
  } finally {
    await store.close();
  }
}

/** Sends requests from {@link Load.start} to {@link Load.stop}, and counts their outcomes. */
export class Load {
  /** The number of responses by status. */
  readonly statuses: Record<number, number> = {};
  /** The longest time, in ms, that a request took. */
  slowest = 0;
  /** Requests without a response. */
  readonly failures: unknown[] = [];
  /** The number of responses with status 503 and no `Retry-After`. */
  withoutRetryAfter = 0;
  #stopped = false;
  #workers: Promise<void>[] = [];

  start(node: Node, workers = 12): void {
    this.#workers = Array.from({ length: workers }, () => this.#runWorker(node));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#workers);
  }

  async #runWorker({ server, application, person }: Node): Promise<void> {
    while (!this.#stopped) {
      const logIn = await this.#record(() => logInByPassword(server, application, person));
      if (logIn?.status !== 200) continue;
      const tokens = tokensOf(logIn);
      await this.#record(() => callApi(server, tokens.access_token));
      await this.#record(() => refresh(server, application, tokens.refresh_token));
      await this.#record(async () => readResponse(await fetch(`${server.url}/readyz`)));
      await this.#record(() => revoke(server, application, tokens.refresh_token));
    }
  }

  async #record(request: () => Promise<EndpointResponse>): Promise<EndpointResponse | undefined> {
    const startedAt = performance.now();
    try {
      const response = await request();
      this.statuses[response.status] = (this.statuses[response.status] ?? 0) + 1;
      if (response.status === 503 && !/^[1-9]/.test(response.headers.get('retry-after') ?? ''))
        this.withoutRetryAfter += 1;
      return response;
    } catch (error) {
      this.failures.push(error);
      // Do not send requests in a tight loop while the server is gone.
      await sleep(100);
      return undefined;
    } finally {
      this.slowest = Math.max(this.slowest, performance.now() - startedAt);
    }
  }
}

/** The status of a request that reads the database each time, unlike `/readyz`, which caches its response for 1 s. */
export async function statusOfRead({ url }: Pick<ServerProcess, 'url'>): Promise<number> {
  const { status } = await fetch(`${url}/oauth2/authorize/?client_id=unknown`);
  return status;
}

/** Repeats a request that reads the database until it succeeds. Returns how long that took, in ms. */
export async function readyAgain({ server }: Node, withinMs: number): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const isReady = (await statusOfRead(server).catch(() => 503)) !== 503;
    const ms = Math.round(performance.now() - startedAt);
    if (isReady) return ms;
    if (ms > withinMs) throw new Error(`Not ready after ${ms} ms:\n${server.output.stderr}`);
    await sleep(100);
  }
}
