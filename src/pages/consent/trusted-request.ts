import type { Services } from '../../http/services.ts';
import { checkRedirect, clientIdOf, type TrustedRequest } from '../../oauth/authorize/checks.ts';
import { findTrimmed } from '../../oauth/clients/authenticate.ts';
import { attributed, refuse } from '../../oauth/errors/oauth-error.ts';
import { type Params, parseParams } from '../../oauth/params.ts';

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
  const meant = await findTrimmed((trimmed) => applications.findByClientId(trimmed), clientId);
  if (meant !== undefined) await attributed(meant.application.id, async () => refuse('client_id_space'));
}
