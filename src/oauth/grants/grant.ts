import type { Application, InitialGrant } from '../../ports/store/index.ts';
import type { AuthenticatedClient } from '../clients/authenticate.ts';
import type { OauthContext, Redeemable, RedeemableCode } from '../context.ts';
import type { OAuthError } from '../errors/oauth-error.ts';
import type { Params } from '../params.ts';
import type { WriteWithError } from '../refuse-and.ts';
import type { Scope } from '../scope.ts';

/** The decision of a grant. Only `issue.ts` executes it, so an error with a write can't be thrown without the write. */
export type Decision =
  | { readonly kind: 'redeem'; readonly from: Redeemable; readonly code: RedeemableCode; readonly scope: Scope }
  | {
      readonly kind: 'start-family';
      readonly userId: number;
      readonly passwordEpoch: number;
      readonly scope: Scope;
    }
  /** The refresh token stays valid. Its use is recorded in the background, so the response waits for no write. */
  | { readonly kind: 'continue'; readonly familyId: string; readonly refreshToken: string; readonly scope: Scope }
  | { readonly kind: 'rotate'; readonly familyId: string; readonly presented: string; readonly scope: Scope }
  | { readonly kind: 'refuse-and'; readonly error: OAuthError; readonly write: WriteWithError };

/** The `find…` methods of an aggregate. */
type Finds<Aggregate> = {
  readonly [Method in keyof Aggregate as Method extends `find${string}` ? Method : never]: Aggregate[Method];
};

/** What `load` of a grant may call: the look-ups of the store, and the password check. */
interface TokenLookups extends Pick<OauthContext, 'authenticate'> {
  readonly store: { readonly [Name in keyof OauthContext['store']]: Finds<OauthContext['store'][Name]> };
}

/** The client that sent the request, and its network address. */
interface Sender {
  readonly client: AuthenticatedClient;
  readonly from: string;
}

/** What every decision depends on beside the request and the loaded state. `now`: milliseconds since 1970. */
export interface DecisionInput {
  readonly client: AuthenticatedClient;
  readonly now: number;
  readonly rotationOverlapSeconds: number;
}

/** One grant of the token endpoint (RFC 6749 4): parse, load, decide. `State` is what it loads. */
export interface Grant<Request, State> {
  readonly grantType: string;
  /** The grant type of the applications that may use it; `any`: all applications may. */
  readonly permittedTo: InitialGrant | 'any';
  /** Reads and checks the parameters. Pure. @throws {OAuthError} `invalid_request`, `invalid_scope` */
  parse(params: Params): Request;
  load(lookups: TokenLookups, request: Request, sender: Sender): Promise<State>;
  /** Pure. @throws {OAuthError} if nothing must be written with the error */
  decide(request: Request, state: State, input: DecisionInput): Decision;
}

/** Whether the application may use the grant: each application has one grant type, beside refresh_token. */
export function permits(
  application: Pick<Application, 'grantType'>,
  grant: { readonly permittedTo: InitialGrant | 'any' },
): boolean {
  return grant.permittedTo === 'any' || grant.permittedTo === application.grantType;
}
