import type { Application, ApplicationSecret, Applications } from '../../ports/store/index.ts';
import type { OauthContext } from '../context.ts';
import { digest, equalDigests } from '../digest.ts';
import { type Cause, Refusal } from '../errors.ts';
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
  context: Pick<OauthContext, 'noteClient'> & {
    readonly store: { readonly applications: Pick<Applications, 'findByClientId'> };
  },
  request: { readonly authorization: string | undefined; readonly params: Params; readonly now: number },
): Promise<AuthenticatedClient> {
  const presented = presentedClient(request.authorization, request.params);
  const found = await context.store.applications.findByClientId(presented.clientId);
  if (found === undefined) return refuseClient('unknown_client', presented.clientId);
  const { application, secrets } = found;
  const proof = proofOf(application, secrets, presented.secret, request.now);
  if (proof === undefined) return refuseClient('wrong_secret', presented.clientId, application);
  if (application.status !== 'active') return refuseClient('suspended', presented.clientId, application);
  context.noteClient({ applicationId: application.id, secretId: proof.secretId, usedAt: request.now });
  return application as AuthenticatedClient;
}

/** What the client proved itself with: one of its secrets, or nothing if it has none (RFC 6749 2.1). `undefined`: it did not. */
function proofOf(
  application: Application,
  secrets: readonly ApplicationSecret[],
  presented: string | null,
  now: number,
): { readonly secretId: string | null } | undefined {
  if (!application.confidential) return presented === null ? { secretId: null } : undefined;
  if (presented === null) return undefined;
  const presentedHash = digest(presented);
  const good = secrets.filter((secret) => secret.retiresAt === null || now < secret.retiresAt);
  // Every secret is compared, so that the time does not tell which one was right.
  const matching = good.filter((secret) => equalDigests(secret.hash, presentedHash));
  return matching[0] && { secretId: matching[0].id };
}

/** Whoever mixes up id and secret, or sends a user's, must not find it in the log. */
const clientIdShape = /^insiders_app_[A-Za-z0-9_-]{1,40}$/;

function refuseClient(cause: Cause, clientId: string, application?: Application): never {
  const shown = clientIdShape.test(clientId) ? clientId : 'not an id of ours';
  const refusal = new Refusal('invalid_client', 'Client authentication failed', { cause, client_id: shown });
  refusal.applicationId = application?.id;
  throw refusal;
}
