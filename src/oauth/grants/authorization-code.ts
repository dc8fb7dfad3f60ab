import type { FoundCode } from '../../ports/store/index.ts';
import { OAuthError, refuse } from '../errors/oauth-error.ts';
import { codeKey } from '../formats/code.ts';
import { required } from '../params.ts';
import { verifierError } from '../pkce.ts';
import { redactUri } from '../redact.ts';
import { storedScope } from '../scope.ts';
import type { Decision, Grant } from './grant.ts';

interface CodeRequest {
  readonly codeHash: string;
  /** Required: each code is issued for a `redirect_uri` (RFC 6749 4.1.3). */
  readonly redirectUri: string;
  readonly verifier: string | undefined;
}

/**
 * The token request of the authorization code grant (RFC 6749 4.1.3). A `scope` parameter is not defined for it, and
 * ignored.
 */
export const authorizationCode: Grant<CodeRequest, FoundCode | undefined> = {
  grantType: 'authorization_code',
  permittedTo: 'authorization_code',

  parse: (params) => ({
    codeHash: codeKey(required(params, 'code')),
    redirectUri: required(params, 'redirect_uri'),
    verifier: params.get('code_verifier'),
  }),

  load: ({ store }, request) => store.codes.find(request.codeHash),

  decide: (request, code, { client, now }) => {
    // Another client's code counts as unknown: a client can't invalidate or revoke anything with it (RFC 6749 10.5).
    if (code === undefined || code.applicationId !== client.id) return refuse('code_unknown');
    if (code.familyId !== null) return replayed(code.familyId);
    if (code.invalidatedAt !== null) return refuse('code_invalidated');
    if (code.precedesGrantType) return refuse('code_precedes_switch');
    if (now >= code.expiresAt) return refuse('code_expired', agesOf(code, now));
    if (code.revocationCause !== null) return refuse(`code_${code.revocationCause}`);
    // These errors invalidate the code: it may be stolen, and a thief gets only one try.
    const error = redirectUriError(code, request) ?? verifierError(code.codeChallenge, request.verifier);
    if (error !== undefined) return refuseAndInvalidate(request, error);
    return { kind: 'redeem', from: 'codes', code, scope: storedScope(code.scope) };
  },
};

/** The lifetime of codes and the age of this one, in whole seconds, for the application's developers. */
function agesOf({ createdAt, expiresAt }: FoundCode, now: number) {
  const seconds = (from: number, to: number) => Math.floor((to - from) / 1000);
  const lifetime = `at most ${seconds(createdAt, expiresAt)} seconds old`;
  return { expected: [lifetime], received: `${seconds(createdAt, now)} seconds old` };
}

/** The redirect URI must be identical to that of the authorization request (RFC 6749 4.1.3). */
function redirectUriError(code: FoundCode, { redirectUri }: CodeRequest): OAuthError | undefined {
  if (redirectUri === code.redirectUri) return undefined;
  const expected = [code.redirectUri];
  return new OAuthError('redirect_uri_differs', { expected, received: redactUri(redirectUri, expected) });
}

/** A code that is used twice may be stolen: revokes the tokens that it was redeemed for (RFC 6749 4.1.2, 10.5). */
function replayed(familyId: string): Decision {
  const error = new OAuthError('code_replayed');
  return { kind: 'refuse-and', error, write: { kind: 'revoke-family', familyId, cause: 'code_replayed' } };
}

function refuseAndInvalidate(request: CodeRequest, error: OAuthError): Decision {
  return { kind: 'refuse-and', error, write: { kind: 'invalidate-code', codeHash: request.codeHash } };
}
