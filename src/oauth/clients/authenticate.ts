import type { Application, ApplicationSecret, Applications } from '../../ports/store/index.ts';
import type { OauthContext } from '../context.ts';
import { OAuthError } from '../errors/oauth-error.ts';
import type { Params } from '../params.ts';
import { presentedClient } from './credentials.ts';
import { explainSecret, matchingSecret } from './secret.ts';

/** An application that proved who it is. Made here and nowhere else. */
export type AuthenticatedClient = Application & { readonly __authenticated: true };

type Known = Awaited<ReturnType<Applications['findByClientId']>>;
type FindClient = Applications['findByClientId'];

/**
 * Authenticates the client of a token, revocation or introspection request (RFC 6749 3.2.1). Unknown, wrong secret and
 * suspended look the same from outside.
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
  if (found === undefined) throw unknown(presented.clientId, await findTrimmed(find, presented.clientId));
  const { application, secrets } = found;
  const proof = proofOf(application, secrets, presented.secret, request.now);
  if (proof instanceof OAuthError) throw named(proof, presented.clientId, application);
  if (application.status !== 'active') throw named(new OAuthError('suspended'), presented.clientId, application);
  context.recordClientUse({ applicationId: application.id, secretId: proof.secretId, usedAt: request.now });
  return application as AuthenticatedClient;
}

/**
 * The application whose client ID was sent with white space around it, so that its developers can be told. It is not
 * authenticated by that. `undefined`: there is none, or nothing was around it.
 */
export async function findTrimmed(find: FindClient, clientId: string): Promise<Known> {
  const trimmed = clientId.trim();
  return trimmed === clientId || trimmed === '' ? undefined : find(trimmed);
}

/** The secret that authenticates the client (`null`: it has none, RFC 6749 2.1), or why it is not authenticated. */
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

/** Whoever mixes up id and secret, or sends a user's, must not find it in the log. */
const clientIdShape = /^insiders_app_[A-Za-z0-9_-]{1,40}$/;

function unknown(clientId: string, meant: Known): OAuthError {
  return meant === undefined
    ? named(new OAuthError('unknown_client'), clientId)
    : named(new OAuthError('client_id_space'), clientId, meant.application);
}

/** Notes whose request it was, for the log and for the application's developers. */
function named(error: OAuthError, clientId: string, application?: Application): OAuthError {
  error.clientId = clientIdShape.test(clientId) ? clientId : 'not an id of ours';
  error.applicationId = application?.id;
  return error;
}
