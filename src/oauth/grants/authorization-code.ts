import type { FoundCode } from '../../ports/store/index.ts';
import { type Cause, Refusal, refuse, type Shown } from '../errors.ts';
import { codeKey } from '../formats/code.ts';
import { required } from '../params.ts';
import { wrongVerifier } from '../pkce.ts';
import { maskUri } from '../redact.ts';
import { storedScope } from '../scope.ts';
import type { Decision, Grant } from './grant.ts';

interface CodeRequest {
  readonly codeHash: string;
  readonly redirectUri: string | undefined;
  readonly verifier: string | undefined;
}

const description = 'The authorization code is invalid, expired, used already, or was not issued for this request';

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
      return refuse('invalid_grant', description, { cause: 'code_unknown' });
    }
    if (code.familyId !== null) return replayed(code.familyId);
    if (code.burnedAt !== null) return refuse('invalid_grant', description, { cause: 'code_burned' });
    if (now >= code.expiresAt)
      return refuse('invalid_grant', description, { cause: 'code_expired' }, agesOf(code, now));
    if (code.endedBy !== null) return refuse('invalid_grant', description, { cause: `code_${code.endedBy}` });
    // The next two burn the code: whoever fails them holds a code that is not theirs, and gets one try.
    if (request.redirectUri !== code.redirectUri)
      return burned(request, 'redirect_uri_differs', redirectUris(code.redirectUri, request.redirectUri));
    const wrong = wrongVerifier(code.codeChallenge, request.verifier);
    if (wrong !== undefined) return burned(request, wrong.cause, wrong.shown);
    return { kind: 'redeem-code', code, scope: storedScope(code.scope) };
  },
};

/** How old a code may be when it is redeemed, and how old this one is, in whole seconds. */
function agesOf({ createdAt, expiresAt }: FoundCode, now: number): Shown {
  const seconds = (from: number, to: number) => Math.floor((to - from) / 1000);
  const lifetime = `at most ${seconds(createdAt, expiresAt)} seconds old`;
  return { expected: [lifetime], received: `${seconds(createdAt, now)} seconds old` };
}

function redirectUris(expected: string, received: string | undefined): Shown {
  return received === undefined
    ? { expected: [expected] }
    : { expected: [expected], received: maskUri(received, [expected]) };
}

/** A code presented twice may be in wrong hands, so what it produced ends (RFC 6749 4.1.2, 10.5). */
function replayed(familyId: string): Decision {
  const refusal = new Refusal('invalid_grant', description, { cause: 'code_replayed' });
  return { kind: 'refuse-and', refusal, also: { kind: 'revoke-family', familyId, cause: 'code_replayed' } };
}

function burned(request: CodeRequest, cause: Cause, shown: Shown = {}): Decision {
  const refusal = new Refusal('invalid_grant', description, { cause }, shown);
  return { kind: 'refuse-and', refusal, also: { kind: 'burn-code', codeHash: request.codeHash } };
}
