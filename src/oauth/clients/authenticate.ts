import type { Application, ApplicationSecret, Applications } from '../../ports/store/index.ts';
import type { OauthContext } from '../context.ts';
import { OAuthError } from '../errors/oauth-error.ts';
import type { Params } from '../params.ts';
import { presentedClient } from './credentials.ts';
import { explainSecret, matchingSecret } from './secret.ts';

/** An application that has authenticated. Only {@link authenticateClient} creates one. */
export type AuthenticatedClient = Application & { readonly __authenticated: true };

type FindClient = Applications['findByClientId'];
type FoundClient = Awaited<ReturnType<FindClient>>;

/**
 * Authenticates the client of a token, revocation or introspection request (RFC 6749 3.2.1), and records its use. The
 * response to the client is the same for an unknown client ID, a wrong secret and a suspended application.
 * @throws {OAuthError} `invalid_client`, `invalid_request`
 */
export async function authenticateClient(
  context: Pick<OauthContext, 'recordClientUse'> & {
    readonly store: { readonly applications: Pick<Applications, 'findByClientId'> };
  },
  request: { readonly authorization: string | undefined; readonly params: Params; readonly now: number },
): Promise<AuthenticatedClient> {
  const presented = presentedClient(request.authorization, request.params);
  const find: FindClient = (clientId) => context.store.applications.findByClientId(clientId);
  const found = await find(presented.clientId);
  if (found === undefined) throw unknownClient(presented.clientId, await findTrimmed(find, presented.clientId));
  const { application, secrets } = found;
  const proof = proofOf(application, secrets, presented.secret, request.now);
  if (proof instanceof OAuthError) throw withClient(proof, presented.clientId, application);
  if (application.status !== 'active') throw withClient(new OAuthError('suspended'), presented.clientId, application);
  context.recordClientUse({ applicationId: application.id, secretId: proof.secretId, usedAt: request.now });
  return application as AuthenticatedClient;
}

/**
 * Finds the application whose client ID was sent with white space around it. It is not authenticated, but its
 * developers are shown the mistake. `undefined`: there is no such application, or no white space.
 */
export async function findTrimmed(find: FindClient, clientId: string): Promise<FoundClient> {
  const trimmed = clientId.trim();
  return trimmed === clientId || trimmed === '' ? undefined : find(trimmed);
}

/** The secret that authenticates the client (`null`: it is public, RFC 6749 2.1), or the error. */
function proofOf(
  application: Application,
  secrets: readonly ApplicationSecret[],
  presented: string | null,
  now: number,
): { readonly secretId: string | null } | OAuthError {
  if (!application.confidential) return presented === null ? { secretId: null } : new OAuthError('secret_unexpected');
  const active = secrets.filter((secret) => secret.validUntil === null || now < secret.validUntil);
  const matching = presented === null ? undefined : matchingSecret(active, presented);
  return matching === undefined ? explainSecret({ presented, secrets, active }) : { secretId: matching.id };
}

/** Only client IDs of this form are logged: a client may send a secret or a user's password in the wrong field. */
const clientIdSyntax = /^insiders_app_[A-Za-z0-9_-]{1,40}$/;

function unknownClient(clientId: string, trimmed: FoundClient): OAuthError {
  return trimmed === undefined
    ? withClient(new OAuthError('unknown_client'), clientId)
    : withClient(new OAuthError('client_id_space'), clientId, trimmed.application);
}

/** Adds the client to an error, for the log and for the application's developers. */
function withClient(error: OAuthError, clientId: string, application?: Application): OAuthError {
  error.clientId = clientIdSyntax.test(clientId) ? clientId : 'not an id of ours';
  error.applicationId = application?.id;
  return error;
}
