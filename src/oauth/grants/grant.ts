import type { Application, FoundCode, InitialGrant } from '../../ports/store/index.ts';
import type { AuthenticatedClient } from '../clients/authenticate.ts';
import type { OauthContext } from '../context.ts';
import type { OAuthError } from '../errors/oauth-error.ts';
import type { Params } from '../params.ts';
import type { Scope } from '../scope.ts';

/** What a grant decided. Only `tokens/issue` acts on it, so an error that must also write can't be skipped. */
export type Decision =
  | { readonly kind: 'redeem-code'; readonly code: FoundCode; readonly scope: Scope }
  | {
      readonly kind: 'start-family';
      readonly userId: number;
      readonly passwordEpoch: number;
      readonly scope: Scope;
    }
  /** The same refresh token stays valid: its use is noted, and no write is waited for. */
  | { readonly kind: 'continue'; readonly familyId: string; readonly refreshToken: string; readonly scope: Scope }
  | { readonly kind: 'rotate'; readonly familyId: string; readonly presented: string; readonly scope: Scope }
  | { readonly kind: 'refuse-and'; readonly error: OAuthError; readonly also: Consequence };

/** What is ended together with an error. */
export type Consequence =
  | { readonly kind: 'invalidate-code'; readonly codeHash: string }
  | { readonly kind: 'revoke-family'; readonly familyId: string; readonly cause: 'code_replayed' }
  | {
      readonly kind: 'revoke-authorization';
      readonly authorizationId: string;
      readonly userId: number;
      readonly cause: 'refresh_replayed';
    };

/** What a grant may look at while it loads. Reading is all it can do, but for the door that checks a password. */
export interface TokenLookups {
  readonly findCode: OauthContext['store']['codes']['find'];
  readonly findRefresh: OauthContext['store']['families']['findByRefreshToken'];
  readonly authenticate: OauthContext['authenticate'];
}

/** Who sent the request: the client, and the network address it came from. */
interface Sender {
  readonly client: AuthenticatedClient;
  readonly from: string;
}

/** The moment and the client a decision is made for. */
export interface DecisionInput {
  readonly client: AuthenticatedClient;
  readonly now: number;
  readonly rotationOverlapSeconds: number;
}

/** One grant (RFC 6749 4.5): parse, load, decide. `Request` and `Ground` are its own. */
export interface Grant<Request, Ground> {
  readonly grantType: string;
  /** The application's one grant type that permits it; `any`: it goes with each of them. */
  readonly permittedTo: InitialGrant | 'any';
  /** Reads and checks the parameters. Pure. */
  parse(params: Params): Request;
  load(reads: TokenLookups, request: Request, sender: Sender): Promise<Ground>;
  /** Pure. */
  decide(request: Request, ground: Ground, circumstances: DecisionInput): Decision;
}

/** Whether the application's one grant type lets it use this grant. */
export function permits(
  application: Pick<Application, 'grantType'>,
  grant: { readonly permittedTo: InitialGrant | 'any' },
): boolean {
  return grant.permittedTo === 'any' || grant.permittedTo === application.grantType;
}
