import type { Application, ApplicationSecret, Applications, Throttles } from '../../ports/store/index.ts';
import type { OauthContext } from '../context.ts';
import type { Cause } from '../errors/index.ts';
import { OAuthError } from '../errors/oauth-error.ts';
import type { Params } from '../params.ts';
import { presentedClient } from './credentials.ts';
import { clientGuessBuckets } from './guess-throttle.ts';
import { explainSecret, matchingSecret } from './secret.ts';

/** An application that has authenticated. Only {@link authenticateClient} creates one. */
export type AuthenticatedClient = Application & { readonly __authenticated: true };

type FindClient = Applications['findByClientId'];
type FoundClient = Awaited<ReturnType<FindClient>>;

interface AuthenticationContext extends Pick<OauthContext, 'recordClientUse'> {
  readonly store: {
    readonly applications: Pick<Applications, 'findByClientId'>;
    readonly throttles: Pick<Throttles, 'admit'>;
  };
}

interface AuthenticationRequest {
  readonly authorization: string | undefined;
  readonly params: Params;
  /** The network that the request came from. */
  readonly network: string;
  readonly now: number;
}

/**
 * Authenticates the client of a token, revocation or introspection request (RFC 6749 3.2.1), and records its use. The
 * response to the client is the same for an unknown client ID, a wrong secret and a suspended application. The throttle
 * is asked only after a failure, so a right secret waits for no write and is never refused: too many failures turn 401
 * into 429.
 * @throws {OAuthError} `invalid_client`, `invalid_request`, `temporarily_unavailable`
 */
export async function authenticateClient(
  context: AuthenticationContext,
  request: AuthenticationRequest,
): Promise<AuthenticatedClient> {
  try {
    return await authenticate(context, request);
  } catch (thrown) {
    if (thrown instanceof OAuthError && guesses.has(thrown.cause)) await countGuess(context, request, thrown);
    throw thrown;
  }
}

/** The causes that tell somebody who guesses something. The others need the right secret, or are malformed. */
const guesses: ReadonlySet<Cause> = new Set<Cause>([
  'unknown_client',
  'client_id_space',
  'wrong_secret',
  'secret_revoked',
  'secret_space',
  'secret_unexpected',
]);

/** @throws {OAuthError} `too_many_guesses`: a bucket is full */
async function countGuess(
  { store }: AuthenticationContext,
  { network, now }: AuthenticationRequest,
  failure: OAuthError,
): Promise<void> {
  // Counts by the application, which is known here, so that invented client IDs fill no buckets of their own.
  const admission = await store.throttles.admit(clientGuessBuckets(failure.applicationId, network), now);
  if (admission.outcome === 'admitted') return;
  const retryAfterSeconds = Math.max(1, Math.ceil((admission.retryAt - now) / 1000));
  const error = new OAuthError('too_many_guesses', { retryAfterSeconds });
  error.clientId = failure.clientId;
  error.applicationId = failure.applicationId;
  throw error;
}

async function authenticate(
  context: AuthenticationContext,
  request: AuthenticationRequest,
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
