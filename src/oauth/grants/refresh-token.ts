import type { RefreshTokenState } from '../../ports/store/index.ts';
import { OAuthError, refuse } from '../errors/oauth-error.ts';
import { openSuccessor, readRefreshToken } from '../formats/refresh-token.ts';
import { required } from '../params.ts';
import { redactValue } from '../redact.ts';
import { parseScope, storedScope } from '../scope.ts';
import type { Decision, DecisionInput, Grant } from './grant.ts';

interface RefreshRequest {
  readonly refreshToken: string;
  readonly scope: string | undefined;
}

/**
 * Refreshing (RFC 6749 6), under the application's policy: `stable` waits for no write, `rotate` replaces the token.
 */
export const refreshToken: Grant<RefreshRequest, RefreshTokenState | undefined> = {
  grantType: 'refresh_token',
  permittedTo: 'any',

  parse: (params) => ({ refreshToken: required(params, 'refresh_token'), scope: params.get('scope') }),

  load: async (reads, { refreshToken }) => {
    const presented = readRefreshToken(refreshToken);
    return presented && reads.findRefresh(presented);
  },

  decide: (request, ground, circumstances) => {
    const { client } = circumstances;
    if (ground === undefined || ground.applicationId !== client.id) {
      return refuse('refresh_unknown');
    }
    if (ground.endedBy !== null) return refuse(`refresh_${ground.endedBy}`);
    // Checked against what is granted, so that a scope can only be kept (RFC 6749 6).
    if (request.scope !== undefined && parseScope(request.scope) !== ground.scope) {
      return refuse('scope_exceeds', { expected: [ground.scope], received: redactValue(request.scope) });
    }
    switch (ground.position) {
      case 'current':
        return current(request, ground, client);
      case 'previous':
        return isRetry(ground, circumstances) ? previous(request, ground) : replayed(ground);
      case 'evicted':
        return refuse('refresh_evicted');
      case 'spent':
        // A worker that is two rotations late is no thief; but there is no successor that it could be given any more.
        return isRetry(ground, circumstances) ? refuse('refresh_replaced_twice') : replayed(ground);
    }
  },
};

function current(request: RefreshRequest, ground: RefreshTokenState, client: DecisionInput['client']): Decision {
  const scope = storedScope(ground.scope);
  return client.refreshPolicy === 'rotate'
    ? { kind: 'rotate', familyId: ground.familyId, presented: request.refreshToken, scope }
    : { kind: 'continue', familyId: ground.familyId, refreshToken: request.refreshToken, scope };
}

/** Within the overlap a replaced token is a retry, or a parallel worker's; after it a replay (RFC 9700 4.14.2). */
function isRetry(ground: RefreshTokenState, { now, rotationOverlapSeconds }: DecisionInput): boolean {
  return now < (ground.replacedAt ?? 0) + rotationOverlapSeconds * 1000;
}

/** Gets the successor that exists. */
function previous(request: RefreshRequest, ground: RefreshTokenState): Decision {
  if (ground.sealedSuccessor === null) return replayed(ground);
  return {
    kind: 'continue',
    familyId: ground.familyId,
    refreshToken: openSuccessor(request.refreshToken, ground.sealedSuccessor),
    scope: storedScope(ground.scope),
  };
}

function replayed(ground: RefreshTokenState): Decision {
  const { authorizationId, userId } = ground;
  return {
    kind: 'refuse-and',
    error: new OAuthError('refresh_replayed'),
    also: { kind: 'revoke-authorization', authorizationId, userId, cause: 'refresh_replayed' },
  };
}
