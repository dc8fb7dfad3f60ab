import { responseParameterIn } from '../../applications/callbacks.ts';
import type { Services } from '../../http/services.ts';
import { checkRedirect, clientIdOf, type TrustedRequest } from '../../oauth/authorize/checks.ts';
import { findTrimmed } from '../../oauth/clients/authenticate.ts';
import { attributed, refuse } from '../../oauth/errors/oauth-error.ts';
import { type Params, parseParams } from '../../oauth/params.ts';

/**
 * Checks the client and the redirect URI of a request.
 * @throws {OAuthError} one that is shown on a page of ours, never sent to the redirect URI
 */
export async function trustRequest(
  services: Services,
  query: string,
): Promise<{ params: Params; trusted: TrustedRequest }> {
  const params = parseParams(query);
  const clientId = clientIdOf(params);
  const { applications } = services.store;
  const found = clientId === undefined ? undefined : await applications.findByClientId(clientId);
  if (found === undefined && clientId !== undefined) await refuseWhitespace(applications, clientId);
  const check = async () => checkRedirect(params, found?.application, responseParameterIn);
  return { params, trusted: await (found === undefined ? check() : attributed(found.application.id, check)) };
}

/**
 * A client ID with white space around it is unknown. The application without the white space is named in the error, so
 * that its developers see the refused request.
 */
async function refuseWhitespace(applications: Services['store']['applications'], clientId: string): Promise<void> {
  const trimmedMatch = await findTrimmed((trimmed) => applications.findByClientId(trimmed), clientId);
  if (trimmedMatch !== undefined) await attributed(trimmedMatch.application.id, async () => refuse('client_id_space'));
}
