import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import { createAuthenticator } from './accounts/authenticator.ts';
import { createPasswordHasher } from './accounts/hashing.ts';
import { registerApi } from './api/index.ts';
import { apiProblem } from './api/problems.ts';
import type { Config } from './config/load.ts';
import { version } from './config/program.ts';
import { registerEndpoints } from './endpoints/index.ts';
import { metricsEndpoint } from './endpoints/metrics.ts';
import { oauthProblems } from './endpoints/problems.ts';
import { closeConnectionsWhen, type Draining } from './http/draining.ts';
import { bearerGuard } from './http/guards/bearer.ts';
import { logAvailability, logFatal } from './http/log.ts';
import type { Problem } from './http/problem.ts';
import { refusedRequest } from './http/refused-request.ts';
import { createServer, type Server } from './http/server.ts';
import type { Services } from './http/services.ts';
import { ClientUses } from './jobs/client-uses.ts';
import { deliverMail } from './jobs/deliver-mail.ts';
import { FamilyUses } from './jobs/family-uses.ts';
import { purge } from './jobs/purge.ts';
import { RefusedRequestBuffer } from './jobs/refused-requests.ts';
import { JobScheduler } from './jobs/scheduler.ts';
import { pageProblems } from './pages/problems.tsx';
import { registerPages } from './pages/register-pages.ts';
import type { AuditEvent, RecordFailedAttempt } from './ports/audit.ts';
import type { Store } from './ports/store/index.ts';
import { openStore, storeLocationOf } from './storage/open.ts';
import { systemClock as clock } from './system/clock.ts';
import { holds, openPlatformRing } from './system/platform-ring.ts';
import { systemRandom as random } from './system/random.ts';
import { smtpSender } from './system/smtp.ts';
import { performDue } from './use-cases/grant-changes.ts';
import { type Replay, replayRecord } from './use-cases/token-reuse.ts';

/** A server that accepts connections at `url`. */
export interface RunningServer {
  readonly url: string;
  /** Logs an error that nobody caught. */
  logFatal(error: unknown): void;
  /** Stops being ready, so that load balancers turn to other nodes; still serves every request for `drainSeconds`. */
  drain(): Promise<void>;
  /** Answers what was asked already, writes what was noted, and stops. */
  close(): Promise<void>;
}

/** Seconds between two runs of each job. */
const seconds = { uses: 10, refusals: 2, mail: 5, grantChanges: 30, idleSecrets: 300, purge: 300 } as const;
/** How long, in ms, requests under way may take once the server ends. */
const patienceMs = 10_000;
/** How long, in ms, all of the end may take: a little less than the command line allows. */
const endMs = 14_000;
const sweepMs = 100;

/**
 * Composes the product and starts it: the one place that knows every part. `opening` is the store, if the caller began
 * to open it already. Rejects if it can't start.
 */
export async function startServer(
  config: Config,
  opening = openStore(storeLocationOf(config)),
): Promise<RunningServer> {
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
  const keys = await openPlatformRing(config, store.ringKeys, clock.now());
  const uses = { families: new FamilyUses(store.families), clients: new ClientUses(store) };
  const refused = new RefusedRequestBuffer(store.refusedRequests);
  const failed = (error: unknown) => server.log.error({ err: error }, 'job failed');
  const board = new JobScheduler(clock, failed);
  const draining = { now: false };
  const { server } = assemble(config, { store, keys, uses, refused, board, draining });
  await server.listen({ host: config.host, port: config.port });
  startJobs(board, config, { store, uses, refused });
  store.maintenance.onAvailability((change) => logAvailability(server.log, change));
  return {
    url: config.publicUrl,
    logFatal: (error) => logFatal(server.log, error),
    async drain() {
      draining.now = true;
      await sleep(config.drainSeconds * 1000);
    },
    async close() {
      const latest = sleep(endMs, undefined, { ref: false });
      // Whoever is slow to send their request, on purpose or not, doesn't hold up the end.
      const patience = setTimeout(() => server.server.closeAllConnections(), patienceMs);
      // Those who have their answer now keep their connection open for nothing.
      const sweep = setInterval(() => server.server.closeIdleConnections(), sweepMs);
      await server.close();
      clearInterval(sweep);
      clearTimeout(patience);
      // A database that says nothing is not waited for: without it, only notes of last uses are lost.
      await Promise.race([finish(), latest]);
    },
  };
  async function finish(): Promise<void> {
    await board.stop();
    await Promise.all([uses.families, uses.clients, refused].map((notes) => notes.flush().catch(failed)));
    await store.close();
  }
}

function startJobs(
  board: JobScheduler,
  config: Config,
  { store, uses, refused }: Pick<Parts, 'store' | 'uses' | 'refused'>,
): void {
  const { smtpUrl, mailFrom, publicUrl } = config;
  const platform = () => ({ store, random, now: clock.now(), actor: { kind: 'platform' } as const, publicUrl });
  board.add('last uses', seconds.uses, () => uses.families.flush());
  board.add('traffic', seconds.uses, () => uses.clients.flush());
  board.add('refused requests', seconds.refusals, () => refused.flush());
  board.add('grant type changes', seconds.grantChanges, () => performDue(platform()));
  board.add('idle secrets', seconds.idleSecrets, () => store.secrets.revokeIdle(clock.now()));
  board.add('purge', seconds.purge, () => purge(store.maintenance, clock));
  if (smtpUrl === null) return;
  const send = smtpSender(smtpUrl, mailFrom);
  board.add('mail', seconds.mail, () => deliverMail(store.mails, clock, send));
}

interface Parts {
  readonly store: Store;
  readonly keys: Services['oauth']['keys'];
  readonly uses: { readonly families: FamilyUses; readonly clients: ClientUses };
  readonly refused: RefusedRequestBuffer;
  readonly board: JobScheduler;
  readonly draining: Draining;
}

function assemble(config: Config, { store, keys, uses, refused, board, draining }: Parts) {
  const forPrograms = oauthProblems(config.publicUrl);
  const server = createServer(config, { forPages: pageProblems(config), forApi: apiProblem, forPrograms });
  closeConnectionsWhen(draining, server);
  server.decorate('recordProblem', (problem: Problem, request: FastifyRequest) => {
    const noted = refusedRequest(problem, request, clock.now());
    if (noted === undefined) return;
    refused.add(noted.refused);
    uses.clients.recordError(noted.refused.applicationId, noted.refused.at, noted.counted);
  });
  const recordFailedAttempt = failedAttemptRecorder(store, server);
  const hasher = createPasswordHasher({ queue: config.passwordQueue });
  const authenticate = createAuthenticator({ store, hasher, clock, recordFailedAttempt });
  const { accessTokenSeconds, codeSeconds, rotationOverlapSeconds } = config;
  const settings = { issuer: config.publicUrl, accessTokenSeconds, codeSeconds, rotationOverlapSeconds };
  const replay = (what: Replay) => replayRecord({ store, random, now: clock.now(), publicUrl: config.publicUrl }, what);
  const { recordClientUse, recordRequest } = uses.clients;
  const oauth = {
    store,
    clock,
    random,
    keys,
    settings,
    authenticate,
    recordFamilyUse: uses.families.add,
    recordClientUse,
    replayRecord: replay,
    recordFailedAttempt,
  };
  const about = { version, startedAt: clock.now(), jobs: () => board.states() };
  const hasSigningKey = async () => {
    const signing = await store.ringKeys.signing();
    return signing === undefined || holds(keys, signing);
  };
  const services: Services = {
    config,
    store,
    clock,
    random,
    hasher,
    authenticate,
    oauth,
    recordRequest,
    about,
    draining,
    hasSigningKey,
    apiDocument: () => apiDocument(),
  };
  metricsEndpoint(server, services);
  registerEndpoints(server, services);
  const apiDocument = registerApi(server, {
    store,
    clock,
    guard: bearerGuard(services),
    requestsPerMinute: config.apiRequestsPerMinute,
    publicUrl: config.publicUrl,
  });
  registerPages(server, services);
  return { services, server };
}

/** Appends to the audit log without waiting; if that can't be done, the attempt goes to the program's log. */
function failedAttemptRecorder(store: Store, server: Server): RecordFailedAttempt {
  return (attempt) => {
    const complete: AuditEvent = { ...attempt, at: clock.now() };
    store.audit.append(complete).catch((error: unknown) => {
      server.log.error({ err: error, event: complete }, 'audit event not stored');
    });
  };
}
