import type { VNode } from 'preact';
import type { Services } from '../../http/services.ts';
import { contextOf } from '../consent/pending.ts';
import type { Destination } from '../next.ts';
import type { PageAnswer } from '../page.ts';

/**
 * A page of signing in, in the middle of an authorization request if there is one: it names the application that waits,
 * and its form may end where that request does.
 */
export async function withinRequest(
  services: Services,
  destination: Destination,
  status: number,
  retryAfterSeconds: number | undefined,
  view: (applicationName: string | null) => VNode,
): Promise<PageAnswer> {
  const context = await contextOf(services, destination.resume);
  return {
    kind: 'page',
    view: view(context?.applicationName ?? null),
    status,
    formTargets: context?.formTargets ?? [],
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
}
