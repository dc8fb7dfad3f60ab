import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import { createAuthenticator } from './accounts/authenticator.ts';
import { createPasswordHasher } from './accounts/hashing.ts';
import { registerApi } from './api/index.ts';
import { apiProblem } from './api/problems.ts';
import { AuditAnchorWriter } from './audit/anchor-writer.ts';
import { anchorField } from './audit/anchors.ts';
import type { Config } from './config/load.ts';
import { version } from './config/program.ts';
import { maxAccessTokenSeconds } from './config/settings.ts';
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
import { appendLine } from './system/anchor-file.ts';
import { auditKeysOf } from './system/audit-keys.ts';
import { systemClock as clock } from './system/clock.ts';
import { holds, openPlatformRing } from './system/platform-ring.ts';
import { systemRandom as random } from './system/random.ts';
import { smtpSender } from './system/smtp.ts';
import { performDueChanges } from './use-cases/grant-switch.ts';
import { replayRecord } from './use-cases/token-reuse.ts';

/** A server that accepts connections at `url`. */
export interface RunningServer {
  readonly url: string;
  /** Logs an uncaught error, after which the process ends. */
  logFatal(error: unknown): void;
  /** Makes `/readyz` return 503, so that load balancers use other nodes, and keeps serving for `drainSeconds`. */
  drain(): Promise<void>;
  /** Responds to the requests that have arrived, writes what the jobs have buffered, and stops. */
  close(): Promise<void>;
}

/** Seconds between two runs of each job. */
const seconds = { uses: 10, refusals: 2, mail: 5, grantChanges: 30, idleSecrets: 300, purge: 300, anchor: 60 } as const;
/** How long, in ms, requests may still take after `close` was called. */
const requestGraceMs = 10_000;
/** How long, in ms, `close` may take: a little less than the command line waits for it. */
const closeMs = 14_000;
/** How often, in ms, idle connections are closed while the server stops. */
const sweepMs = 100;

/**
 * Composes the server from its parts and starts it; no other file knows all of them. `opening`: the store, if the
 * caller has begun to open it. Rejects if the server can't start.
 */
export async function startServer(
  config: Config,
  opening = openStore(storeLocationOf(config)),
): Promise<RunningServer> {
  const store = await opening;
  try {
    return await startOn(store, config);
  } catch (error) {
    // An open store would keep the process running.
    await store.close();
    throw error;
  }
}

async function startOn(store: Store, config: Config): Promise<RunningServer> {
  const { auditAnchor } = config;
  const keys = await openPlatformRing(config, store.ringKeys, clock.now());
  store.audit.useKeys(auditKeysOf(keys));
  const uses = { families: new FamilyUses(store.families), clients: new ClientUses(store) };
  const refused = new RefusedRequestBuffer(store.refusedRequests);
  const logFailure = (error: unknown) => server.log.error({ err: error }, 'job failed');
  const scheduler = new JobScheduler(clock, logFailure);
  const draining = { now: false };
  const server = assemble(config, { store, keys, uses, refused, scheduler, draining });
  await protectAuditLog(store, server.log);
  const anchor = new AuditAnchorWriter(store.audit, clock, {
    log: (head) => server.log.info({ [anchorField]: head }, 'head of the audit log'),
    append: auditAnchor === null ? null : (line) => appendLine(auditAnchor, line),
  });
  await server.listen({ host: config.host, port: config.port });
  startJobs(scheduler, config, { store, uses, refused, anchor });
  store.maintenance.onAvailability((change) => logAvailability(server.log, change));
  return {
    url: config.publicUrl,
    logFatal: (error) => logFatal(server.log, error),
    async drain() {
      draining.now = true;
      await sleep(config.drainSeconds * 1000);
    },
    async close() {
      const deadline = sleep(closeMs, undefined, { ref: false });
      // A client that sends its request slowly must not delay the stop.
      const grace = setTimeout(() => server.server.closeAllConnections(), requestGraceMs);
      // Keep-alive connections that have become idle since would delay it, too.
      const sweep = setInterval(() => server.server.closeIdleConnections(), sweepMs);
      await server.close();
      clearInterval(sweep);
      clearTimeout(grace);
      // Do not wait for a database that does not respond: only the buffers of the jobs are lost.
      await Promise.race([finish(), deadline]);
    },
  };
  async function finish(): Promise<void> {
    await scheduler.stop();
    await Promise.all([uses.families, uses.clients, refused].map((buffer) => buffer.flush().catch(logFailure)));
    await anchor.write().catch(logFailure);
    await store.close();
  }
}

/** Authenticates the entries of earlier releases with an entry that has a key, unless there is one already. */
async function protectAuditLog({ audit }: Store, log: Server['log']): Promise<void> {
  const event = {
    at: clock.now(),
    actor: { kind: 'platform' },
    action: 'audit.protected',
    subject: 'platform',
  } as const;
  if (await audit.protect(event)) log.warn('no entry of the audit log had a key: an entry with a key was added');
}

function startJobs(
  scheduler: JobScheduler,
  config: Config,
  { store, uses, refused, anchor }: Pick<Parts, 'store' | 'uses' | 'refused'> & { readonly anchor: AuditAnchorWriter },
): void {
  const { smtpUrl, mailFrom, publicUrl } = config;
  const platform = () => ({ store, random, now: clock.now(), actor: { kind: 'platform' } as const, publicUrl });
  scheduler.add('last uses', seconds.uses, () => uses.families.flush());
  scheduler.add('traffic', seconds.uses, () => uses.clients.flush());
  scheduler.add('refused requests', seconds.refusals, () => refused.flush());
  scheduler.add('grant type changes', seconds.grantChanges, () => performDueChanges(platform()));
  scheduler.add('idle secrets', seconds.idleSecrets, () => store.secrets.revokeIdle(clock.now()));
  scheduler.add('audit anchor', seconds.anchor, () => anchor.write());
  scheduler.add('purge', seconds.purge, () => purge(store.maintenance, clock));
  if (smtpUrl === null) return;
  const send = smtpSender(smtpUrl, mailFrom);
  scheduler.add('mail', seconds.mail, () => deliverMail(store.mails, clock, send));
}

/** The parts that the server and its jobs share. */
interface Parts {
  readonly store: Store;
  readonly keys: Services['oauth']['keys'];
  readonly uses: { readonly families: FamilyUses; readonly clients: ClientUses };
  readonly refused: RefusedRequestBuffer;
  readonly scheduler: JobScheduler;
  readonly draining: Draining;
}

/** Creates the server with all its routes; it does not listen yet. */
function assemble(config: Config, parts: Parts): Server {
  const { store, keys, uses, scheduler, draining } = parts;
  const forPrograms = oauthProblems(config.publicUrl);
  const server = createServer(config, { forPages: pageProblems(config), forApi: apiProblem, forPrograms });
  closeConnectionsWhen(draining, server);
  recordProblems(server, parts);
  const recordFailedAttempt = failedAttemptRecorder(store, server);
  const hasher = createPasswordHasher({ queue: config.passwordQueue });
  const authenticate = createAuthenticator({ store, hasher, clock, recordFailedAttempt });
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
    oauth: oauthContext(config, parts, { authenticate, recordFailedAttempt }),
    recordRequest: uses.clients.recordRequest,
    about: { version, startedAt: clock.now(), jobs: () => scheduler.states() },
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
  return server;
}

function oauthContext(
  config: Config,
  { store, keys, uses }: Parts,
  accounts: Pick<Services['oauth'], 'authenticate' | 'recordFailedAttempt'>,
): Services['oauth'] {
  const { publicUrl, accessTokenSeconds, codeSeconds, rotationOverlapSeconds } = config;
  return {
    store,
    clock,
    random,
    keys,
    settings: { issuer: publicUrl, accessTokenSeconds, maxAccessTokenSeconds, codeSeconds, rotationOverlapSeconds },
    ...accounts,
    recordFamilyUse: uses.families.add,
    recordClientUse: uses.clients.recordClientUse,
    replayRecord: (replay) => replayRecord({ store, random, now: clock.now(), publicUrl }, replay),
  };
}

/** Makes the server record refused requests, and count them, in the buffers of the jobs. */
function recordProblems(server: Server, { uses, refused }: Parts): void {
  server.decorate('recordProblem', (problem: Problem, request: FastifyRequest) => {
    const recorded = refusedRequest(problem, request, clock.now());
    if (recorded === undefined) return;
    refused.add(recorded.refused);
    uses.clients.recordError(recorded.refused.applicationId, recorded.refused.at, recorded.counted);
  });
}

/** Appends attempts to the audit log without waiting. An attempt that can't be stored goes to the server's log. */
function failedAttemptRecorder(store: Store, server: Server): RecordFailedAttempt {
  return (attempt) => {
    const complete: AuditEvent = { ...attempt, at: clock.now() };
    store.audit.append(complete).catch((error: unknown) => {
      server.log.error({ err: error, event: complete }, 'audit event not stored');
    });
  };
}
