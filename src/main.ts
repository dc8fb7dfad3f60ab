import { createPasswordHasher } from './accounts/hashing.ts';
import { createSignIn } from './accounts/sign-in.ts';
import { registerApi } from './api/index.ts';
import { apiProblem } from './api/problems.ts';
import type { Config } from './config/load.ts';
import { registerEndpoints } from './endpoints/index.ts';
import { metricsEndpoint } from './endpoints/metrics.ts';
import { oauthProblems } from './endpoints/problems.ts';
import { bearerGuard } from './http/guards/bearer.ts';
import { createServer, type Server } from './http/server.ts';
import type { Services } from './http/services.ts';
import { every } from './jobs/every.ts';
import { FamilyUses } from './jobs/family-uses.ts';
import { purge } from './jobs/purge.ts';
import { registerPages } from './pages/index.ts';
import { pageProblems } from './pages/problems.tsx';
import type { AuditEvent } from './ports/audit.ts';
import type { Store } from './ports/store/index.ts';
import { openStore, placeOf } from './storage/open.ts';
import { systemClock as clock } from './system/clock.ts';
import { openKeyRing } from './system/key-ring.ts';
import { systemRandom as random } from './system/random.ts';

/** A server that accepts connections at `url`. */
export interface RunningServer {
  readonly url: string;
  /** Answers what was asked already, writes what was noted, and stops. */
  close(): Promise<void>;
}

/** Seconds between two writes of last uses, and between two purges. */
const usesEvery = 10;
const purgeEvery = 300;
/** How long, in ms, requests under way may take once the server ends. */
const patienceMs = 10_000;
const sweepMs = 100;

/**
 * Puts the product together and starts it: the one place that knows every part. `opening` is the store, if somebody began to open it
 * already. Rejects if it can't start.
 */
export async function startServer(config: Config, opening = openStore(placeOf(config))): Promise<RunningServer> {
  const store = await opening;
  try {
    return await startOn(store, config);
  } catch (error) {
    // An open store would keep the program running.
    await store.close();
    throw error;
  }
}

async function startOn(store: Store, config: Config): Promise<RunningServer> {
  const keys = openKeyRing(config);
  const uses = new FamilyUses(store.families);
  const { services, server } = assemble(config, store, keys, uses);
  await server.listen({ host: config.host, port: config.port });
  const failed = (error: unknown) => server.log.error({ err: error }, 'job failed');
  const jobs = [
    every(usesEvery, () => uses.flush(), failed),
    every(purgeEvery, async () => void (await purge(services.store.maintenance, clock)), failed),
  ];
  return {
    url: config.publicUrl,
    async close() {
      // Whoever is slow to send their request, on purpose or not, doesn't hold up the end.
      const patience = setTimeout(() => server.server.closeAllConnections(), patienceMs);
      // Those who have their answer now keep their connection open for nothing.
      const sweep = setInterval(() => server.server.closeIdleConnections(), sweepMs);
      await server.close();
      clearInterval(sweep);
      clearTimeout(patience);
      await Promise.all(jobs.map((job) => job.stop()));
      await uses.flush().catch(failed);
      await store.close();
    },
  };
}

function assemble(config: Config, store: Store, keys: Services['oauth']['keys'], uses: FamilyUses) {
  const forPrograms = oauthProblems(config.publicUrl);
  const server = createServer(config, { forPages: pageProblems(config), forApi: apiProblem, forPrograms });
  const record = recorder(store, server);
  const hasher = createPasswordHasher({ queue: config.passwordQueue });
  const signIn = createSignIn({ store, hasher, clock, record });
  const { accessTokenSeconds, codeSeconds, rotationOverlapSeconds } = config;
  const settings = { issuer: config.publicUrl, accessTokenSeconds, codeSeconds, rotationOverlapSeconds };
  const oauth = { store, clock, random, keys, settings, signIn, noteUse: uses.note, record };
  const services: Services = { config, store, clock, random, hasher, signIn, oauth, record };
  metricsEndpoint(server, services);
  registerEndpoints(server, services);
  registerApi(server, {
    store,
    clock,
    guard: bearerGuard(services),
    requestsPerMinute: config.apiRequestsPerMinute,
    publicUrl: config.publicUrl,
  });
  registerPages(server, services);
  return { services, server };
}

/** Writes to the audit log behind the answer; if that can't be done, the event goes to the program's log. */
function recorder(store: Store, server: Server): Services['record'] {
  return (event) => {
    const complete: AuditEvent = { ...event, at: clock.now() };
    store.audit.append(complete).catch((error: unknown) => {
      server.log.error({ err: error, event: complete }, 'audit event not stored');
    });
  };
}
