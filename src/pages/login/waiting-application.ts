import type { VNode } from 'preact';
import { formTargetOf } from '../../http/headers.ts';
import type { Services } from '../../http/services.ts';
import { findPending } from '../consent/pending.ts';
import { trustRequest } from '../consent/trusted-request.ts';
import type { PageResponse } from '../page.ts';
import type { ReturnTo } from './return-to.ts';

interface WaitingApplication {
  readonly name: string;
  /** The `form-action` source of the request's callback, which a form of the page may redirect to. */
  readonly formTargets: readonly string[];
}

/**
 * The response of the login page and the signup page. During an authorization request the page names the application,
 * and its form may redirect to the callback.
 */
export async function respondWithWaitingApplication(
  services: Services,
  returnTo: ReturnTo,
  status: number,
  retryAfterSeconds: number | undefined,
  view: (applicationName: string | null) => VNode,
): Promise<PageResponse> {
  const waiting = await findWaiting(services, returnTo);
  return {
    kind: 'page',
    view: view(waiting?.name ?? null),
    status,
    formTargets: waiting?.formTargets ?? [],
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
}

/** The application of the pending request; `undefined`: there is no valid request. Never throws an `OAuthError`. */
async function findWaiting(services: Services, returnTo: ReturnTo): Promise<WaitingApplication | undefined> {
  const request = returnTo.kind === 'request' ? await findPending(services, returnTo.id) : undefined;
  if (request === undefined) return undefined;
  try {
    const { trusted } = await trustRequest(services, request.query);
    return { name: trusted.application.name, formTargets: [formTargetOf(trusted.redirectUri)] };
  } catch {
    return undefined;
  }
}
