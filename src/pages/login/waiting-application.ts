import type { VNode } from 'preact';
import { formTargetOf } from '../../http/headers.ts';
import type { Services } from '../../http/services.ts';
import { findPending } from '../consent/pending.ts';
import { trust } from '../consent/trusted-request.ts';
import type { PageResponse } from '../page.ts';
import type { ReturnTo } from './return-to.ts';

interface WaitingApplication {
  readonly name: string;
  /** Where the forms may end: the callback of the request. */
  readonly formTargets: readonly string[];
}

/**
 * The response of the login page and the sign-up page. In the middle of an authorization request it names the
 * application that waits, and its form may end at the callback of the request.
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

/** The application that waits for the login; `undefined` if there is none (any more). Never refuses. */
async function findWaiting(services: Services, returnTo: ReturnTo): Promise<WaitingApplication | undefined> {
  const request = returnTo.kind === 'request' ? await findPending(services, returnTo.id) : undefined;
  if (request === undefined) return undefined;
  try {
    const { trusted } = await trust(services, request.query);
    return { name: trusted.application.name, formTargets: [formTargetOf(trusted.redirectUri)] };
  } catch {
    return undefined;
  }
}
