import { networkOf } from '../../accounts/network.ts';
import { formTargetOf } from '../../http/headers.ts';
import { throttledUntil } from '../../http/problem.ts';
import type { Services } from '../../http/services.ts';
import { checkRedirect, clientIdOf, refuseUnknown, type TrustedRequest } from '../../oauth/authorize/checks.ts';
import { findMeant } from '../../oauth/clients/authenticate.ts';
import { attributed } from '../../oauth/errors.ts';
import { digest } from '../../oauth/formats/digest.ts';
import { type Params, parseParams } from '../../oauth/params.ts';

/** An authorization request as it stands in front of us, new or resumed. */
export interface Asked {
  readonly query: string;
  /** When it first came, ms since 1970. */
  readonly at: number;
  /** The id under which it is kept; `null`: not kept yet. */
  readonly resume: string | null;
}

/** One network may start this many requests at once, and two more each second: what it starts is kept for an hour. */
const keepBurst = 300;
const keepLeakMs = 500;

/**
 * Stores a request until somebody logged in and decided. `from` is the network address. Returns the ID to resume it
 * with.
 */
export async function keep(services: Services, query: string, from: string): Promise<string> {
  const { clock, config, random, store } = services;
  const now = clock.now();
  const bucket = { key: `pending:${digest(networkOf(from))}`, burst: keepBurst, leakMs: keepLeakMs };
  const admission = await store.throttles.admit([bucket], now);
  if (admission.outcome === 'throttled') throw throttledUntil(admission.retryAt, now);
  const id = random.text(32);
  const expiresAt = now + config.pendingRequestSeconds * 1000;
  await store.pendingRequests.keep({ idHash: digest(id), query, createdAt: now, expiresAt });
  return id;
}

/** The request that is kept under this id; `undefined` once it is decided or too old. */
export async function resumed(services: Services, resume: string): Promise<Asked | undefined> {
  const pending = await services.store.pendingRequests.find(digest(resume), services.clock.now());
  return pending && { query: pending.query, at: pending.createdAt, resume };
}

/** What is known of a request once its client and its redirect URI are found right. Refuses otherwise. */
export async function trust(services: Services, query: string): Promise<{ params: Params; trusted: TrustedRequest }> {
  const params = parseParams(query);
  const clientId = clientIdOf(params);
  const { applications } = services.store;
  const found = clientId === undefined ? undefined : await applications.findByClientId(clientId);
  if (found === undefined && clientId !== undefined) await refuseSpace(applications, clientId);
  const check = async () => checkRedirect(params, found?.application);
  return { params, trusted: await (found === undefined ? check() : attributed(found.application.id, check)) };
}

/** The developers of the application that was meant learn of it; to everybody else it is unknown. */
async function refuseSpace(applications: Services['store']['applications'], clientId: string): Promise<void> {
  const meant = await findMeant((trimmed) => applications.findByClientId(trimmed), clientId);
  if (meant !== undefined) await attributed(meant.application.id, async () => refuseUnknown('client_id_space'));
}

/** For the pages in the middle of a request: for which application it is, and where its forms may end. */
export interface RequestContext {
  readonly applicationName: string;
  readonly formTargets: readonly string[];
}

/** The context of a pending request; `undefined` if there is none (any more). Never refuses. */
export async function contextOf(services: Services, resume: string | undefined): Promise<RequestContext | undefined> {
  const asked = resume === undefined ? undefined : await resumed(services, resume);
  if (asked === undefined) return undefined;
  try {
    const { trusted } = await trust(services, asked.query);
    return { applicationName: trusted.application.name, formTargets: [formTargetOf(trusted.redirectUri)] };
  } catch {
    return undefined;
  }
}
