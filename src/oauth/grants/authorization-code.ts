import type { FoundCode } from '../../ports/store/index.ts';
import { OAuthError, refuse } from '../errors/oauth-error.ts';
import { codeKey } from '../formats/code.ts';
import { required } from '../params.ts';
import { wrongVerifier } from '../pkce.ts';
import { redactUri } from '../redact.ts';
import { storedScope } from '../scope.ts';
import type { Decision, Grant } from './grant.ts';

interface CodeRequest {
  readonly codeHash: string;
  readonly redirectUri: string | undefined;
  readonly verifier: string | undefined;
}

/**
 * The authorization code grant's token request (RFC 6749 4.1.3). A `scope` parameter has no meaning here and is
 * ignored.
 */
export const authorizationCode: Grant<CodeRequest, FoundCode | undefined> = {
  grantType: 'authorization_code',
  permittedTo: 'authorization_code',

  parse: (params) => ({
    codeHash: codeKey(required(params, 'code')),
    redirectUri: params.get('redirect_uri'),
    verifier: params.get('code_verifier'),
  }),

  load: (reads, request) => reads.findCode(request.codeHash),

  decide: (request, code, { client, now }) => {
    // Another client's code is as good as unknown: it must not be able to end anything (RFC 6749 10.5).
    if (code === undefined || code.applicationId !== client.id) {
      return refuse('code_unknown');
    }
    if (code.familyId !== null) return replayed(code.familyId);
    if (code.invalidatedAt !== null) return refuse('code_invalidated');
    if (now >= code.expiresAt) return refuse('code_expired', agesOf(code, now));
    if (code.endedBy !== null) return refuse(`code_${code.endedBy}`);
    // The next two burn the code: whoever fails them holds a code that is not theirs, and gets one try.
    const wrong = wrongRedirectUri(code, request) ?? wrongVerifier(code.codeChallenge, request.verifier);
    if (wrong !== undefined) return burned(request, wrong);
    return { kind: 'redeem-code', code, scope: storedScope(code.scope) };
  },
};

/** How old a code may be when it is redeemed, and how old this one is, in whole seconds. */
function agesOf({ createdAt, expiresAt }: FoundCode, now: number) {
  const seconds = (from: number, to: number) => Math.floor((to - from) / 1000);
  const lifetime = `at most ${seconds(createdAt, expiresAt)} seconds old`;
  return { expected: [lifetime], received: `${seconds(createdAt, now)} seconds old` };
}

/** The redirect URI must be the one of the authorization request (RFC 6749 4.1.3). */
function wrongRedirectUri(code: FoundCode, { redirectUri }: CodeRequest): OAuthError | undefined {
  if (redirectUri === code.redirectUri) return undefined;
  const expected = [code.redirectUri];
  const received = redirectUri === undefined ? undefined : redactUri(redirectUri, expected);
  return new OAuthError('redirect_uri_differs', { expected, received });
}

/** A code presented twice may be in wrong hands, so what it produced ends (RFC 6749 4.1.2, 10.5). */
function replayed(familyId: string): Decision {
  const error = new OAuthError('code_replayed');
  return { kind: 'refuse-and', error, also: { kind: 'revoke-family', familyId, cause: 'code_replayed' } };
}

function burned(request: CodeRequest, error: OAuthError): Decision {
  return { kind: 'refuse-and', error, also: { kind: 'invalidate-code', codeHash: request.codeHash } };
}
