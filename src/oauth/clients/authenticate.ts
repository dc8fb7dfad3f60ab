import type { Application, ApplicationSecret, Applications } from '../../ports/store/index.ts';
import { digest, equalDigests } from '../digest.ts';
import { refuse } from '../errors.ts';
import type { Params } from '../params.ts';
import { presentedClient } from './credentials.ts';

/** An application that proved who it is. Made here and nowhere else. */
export type AuthenticatedClient = Application & { readonly __authenticated: true };

/**
 * Authenticates the client of a token, revocation or introspection request (RFC 6749 3.2.1). Unknown, wrong secret and
 * suspended look the same from outside.
 * @throws {Refusal} `invalid_client`, `invalid_request`
 */
export async function authenticateClient(
  applications: Pick<Applications, 'findByClientId'>,
  request: { readonly authorization: string | undefined; readonly params: Params; readonly now: number },
): Promise<AuthenticatedClient> {
  const presented = presentedClient(request.authorization, request.params);
  const found = await applications.findByClientId(presented.clientId);
  if (found === undefined) return refuseClient('unknown', presented.clientId);
  const { application, secrets } = found;
  if (!provesIdentity(application, secrets, presented.secret, request.now)) {
    return refuseClient('wrong secret', presented.clientId);
  }
  if (application.status !== 'active') return refuseClient('suspended', presented.clientId);
  return application as AuthenticatedClient;
}

function provesIdentity(
  application: Application,
  secrets: readonly ApplicationSecret[],
  presented: string | null,
  now: number,
): boolean {
  if (!application.confidential) return presented === null;
  if (presented === null) return false;
  const presentedHash = digest(presented);
  const good = secrets.filter((secret) => secret.retiresAt === null || now < secret.retiresAt);
  // Every secret is compared, so that the time does not tell which one was right.
  return good.map((secret) => equalDigests(secret.hash, presentedHash)).includes(true);
}

/** Whoever mixes up id and secret, or sends a user's, must not find it in the log. */
const clientIdShape = /^insiders_app_[A-Za-z0-9_-]{1,40}$/;

function refuseClient(cause: string, clientId: string): never {
  const shown = clientIdShape.test(clientId) ? clientId : 'not an id of ours';
  return refuse('invalid_client', 'Client authentication failed', { cause, client_id: shown });
}
